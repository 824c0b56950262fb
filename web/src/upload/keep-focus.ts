// Whoever is at a button that is gone, by keyboard, is led to what took its place: never to one that cancels.

/**
 * To be called before something is shown otherwise.
 * @returns to be called afterwards
 */
export function keepFocus(root: ShadowRoot): () => void {
  const before = root.activeElement;
  const row = before?.closest('li');
  const index = row ? [...root.querySelectorAll('li')].indexOf(row) : -1;
  return () => {
    if (!before || before.isConnected) return;
    const rows = [...root.querySelectorAll('li')];
    const place = index < 0 ? root.querySelector<HTMLElement>('.total') : (rows[index] ?? rows.at(-1));
    const next = place?.querySelector<HTMLElement>('button:not(.remove), input') ?? place;
    (next ?? root.querySelector<HTMLElement>('input'))?.focus();
  };
}
