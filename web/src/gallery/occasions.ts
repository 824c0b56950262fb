// When a gallery has to look again: the page scrolls, comes to a rest, is hidden, is seen again, or was looked at for a while.

export interface Occasions {
  onScroll(): void;
  /** Nothing has been scrolled for a moment. */
  onRest(): void;
  /** The tab is in the background: nothing needs to be new. */
  onHidden(): void;
  onSeen(): void;
  /** Every now and then, while the tab is seen. */
  onInterval(): void;
}

const restMs = 150;
const intervalMs = 15_000;

/** @returns ends it */
export function listenForOccasions({
  onScroll,
  onRest,
  onHidden,
  onSeen,
  onInterval,
}: Occasions): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  let rest: ReturnType<typeof setTimeout> | undefined;
  const scrolled = () => {
    onScroll();
    clearTimeout(rest);
    rest = setTimeout(onRest, restMs);
  };
  const interval = setInterval(() => !document.hidden && onInterval(), intervalMs);
  addEventListener('scroll', scrolled, { passive: true, signal });
  document.addEventListener('visibilitychange', () => (document.hidden ? onHidden() : onSeen()), { signal });
  signal.addEventListener('abort', () => {
    clearTimeout(rest);
    clearInterval(interval);
  });
  return () => stop.abort();
}
