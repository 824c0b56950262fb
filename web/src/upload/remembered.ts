// What was sent before the page was loaded again, so that it can be followed to its end.

const key = 'darkroom-sent';

export interface Sent {
  readonly imageId: string;
  readonly name: string;
}

export function sentBefore(): readonly Sent[] {
  try {
    const list: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    return Array.isArray(list) ? list.filter(isSent) : [];
  } catch {
    return [];
  }
}

export function remember(sent: Sent): void {
  keep([...sentBefore().filter(({ imageId }) => imageId !== sent.imageId), sent]);
}

export function forget(imageId: string): void {
  keep(sentBefore().filter((sent) => sent.imageId !== imageId));
}

// A full or forbidden storage costs the memory of this page, never the upload.
function keep(list: readonly Sent[]): void {
  try {
    localStorage.setItem(key, JSON.stringify(list));
  } catch {
    return;
  }
}

function isSent(value: unknown): value is Sent {
  const { imageId, name } = (value ?? {}) as Partial<Sent>;
  return typeof imageId === 'string' && typeof name === 'string';
}
