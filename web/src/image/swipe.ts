// Tells of a finger that swipes to the left or to the right.

const farPx = 60;
/** How much it may go up or down on its way, for each pixel to the side. */
const slope = 0.5;

/** What it takes of a `PointerEvent`. */
export interface Pointer {
  readonly pointerId: number;
  readonly pointerType: string;
  readonly clientX: number;
  readonly clientY: number;
}

export interface Swipe {
  down(pointer: Pointer): void;
  up(pointer: Pointer): void;
  /** The browser scrolls or zooms instead, and says nothing of where the finger is. */
  cancel(): void;
}

/** @param onSwipe told where the finger went */
export function createSwipe(onSwipe: (direction: 'left' | 'right') => void): Swipe {
  let begun: Pointer | undefined;
  return {
    down(pointer) {
      // A second finger zooms.
      begun = pointer.pointerType === 'mouse' || begun ? undefined : pointer;
    },
    up(pointer) {
      if (!begun || begun.pointerId !== pointer.pointerId) return;
      const [x, y] = [pointer.clientX - begun.clientX, pointer.clientY - begun.clientY];
      begun = undefined;
      if (Math.abs(x) >= farPx && Math.abs(y) <= Math.abs(x) * slope) onSwipe(x < 0 ? 'left' : 'right');
    },
    cancel() {
      begun = undefined;
    },
  };
}
