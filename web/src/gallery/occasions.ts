// When a gallery has to look again: the page scrolls or has another size, comes to a rest, is hidden, is seen again, or was looked
// at for a while.

import type { ReactiveController } from 'lit';

export interface Occasions {
  /** The window shows something else. */
  onScroll(): void;
  /** It has shown the same for a moment. */
  onRest(): void;
  /** The tab is in the background, or the element is out of the page: nothing needs to be new. */
  onHidden(): void;
  onSeen(): void;
  /** Every now and then, while the tab is seen. */
  onInterval(): void;
}

const restMs = 150;
const intervalMs = 15_000;

/** For `addController`: listens while its element is in the page. */
export function occasions({ onScroll, onRest, onHidden, onSeen, onInterval }: Occasions): ReactiveController {
  let stop = new AbortController();
  let rest: ReturnType<typeof setTimeout> | undefined;
  let interval: ReturnType<typeof setInterval> | undefined;
  const scrolled = () => {
    onScroll();
    clearTimeout(rest);
    rest = setTimeout(onRest, restMs);
  };
  const turned = () => (document.hidden ? onHidden() : onSeen());

  return {
    hostConnected() {
      stop = new AbortController();
      const { signal } = stop;
      addEventListener('scroll', scrolled, { passive: true, signal });
      addEventListener('resize', scrolled, { signal });
      document.addEventListener('visibilitychange', turned, { signal });
      interval = setInterval(() => !document.hidden && onInterval(), intervalMs);
    },
    hostDisconnected() {
      stop.abort();
      clearTimeout(rest);
      clearInterval(interval);
      onHidden();
    },
  };
}
