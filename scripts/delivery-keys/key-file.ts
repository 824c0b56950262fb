// What a stage's distribution trusts, and what its functions sign with: the file that resources/delivery.js reads. Pure.
// Public keys are no secret, and a file in the project is deployed as it was reviewed.

export interface PublicKey {
  /** Of its bytes; resources and the secret of its private half are named by it. */
  readonly id: string;
  /** PEM. */
  readonly publicKey: string;
}

export interface KeyFile {
  /** The ID of the key that URLs are signed with. */
  readonly signing: string;
  /** All that are trusted, the oldest first. */
  readonly keys: readonly PublicKey[];
}

export type Step =
  | { readonly kind: 'nothing' }
  /** A key is made: the first one, or a second that is trusted from now on and signs nothing yet. */
  | { readonly kind: 'make' }
  | { readonly kind: 'sign with'; readonly id: string }
  | { readonly kind: 'forget'; readonly id: string };

/** What comes next. A rotation takes three steps, and a deployment after each: no URL in use is ever refused. */
export function nextStep(file: KeyFile | undefined, isRotation: boolean): Step {
  if (file === undefined) return { kind: 'make' };
  if (!isRotation) return { kind: 'nothing' };
  const [oldest, newest] = file.keys;
  if (oldest === undefined || newest === undefined) return { kind: 'make' };
  return file.signing === oldest.id
    ? { kind: 'sign with', id: newest.id }
    : { kind: 'forget', id: oldest.id };
}

/** @param made the key that `make` asks for */
export function afterStep(file: KeyFile | undefined, step: Step, made?: PublicKey): KeyFile | undefined {
  if (step.kind === 'make' && made)
    return { signing: file?.signing ?? made.id, keys: [...(file?.keys ?? []), made] };
  if (file === undefined || step.kind === 'nothing' || step.kind === 'make') return file;
  if (step.kind === 'sign with') return { ...file, signing: step.id };
  return { ...file, keys: file.keys.filter(({ id }) => id !== step.id) };
}
