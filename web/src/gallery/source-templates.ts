// What a browser chooses a picture from.

import { html, nothing } from 'lit';
import type { Source } from './sources.ts';

/** @param sizes how wide the picture is shown, as `<source>` takes it */
export function sourceTemplates(sources: readonly Source[], sizes: string) {
  return sources.map(
    ({ contentType, srcset, isAnimated }) =>
      // Who wants nothing to move is shown its first frame.
      html`<source type=${contentType} srcset=${srcset} sizes=${sizes} media=${isAnimated ? '(prefers-reduced-motion: no-preference)' : nothing} />`,
  );
}
