// Tells of a finger that swipes to the left or to the right.

const farPx = 60;
/** How much it may go up or down on its way, for each pixel to the side. */
const slope = 0.5;

export interface Swipe {
  down(event: PointerEvent): void;
  up(event: PointerEvent): void;
}

/** @param onSwipe told where the finger went */
export function createSwipe(onSwipe: (direction: 'left' | 'right') => void): Swipe {
  let begun: PointerEvent | undefined;
  return {
    down(event) {
      // A second finger zooms.
      begun = event.pointerType === 'mouse' || begun ? undefined : event;
    },
    up(event) {
      if (!begun || begun.pointerId !== event.pointerId) return;
      const [x, y] = [event.clientX - begun.clientX, event.clientY - begun.clientY];
      begun = undefined;
      if (Math.abs(x) >= farPx && Math.abs(y) <= Math.abs(x) * slope) onSwipe(x < 0 ? 'left' : 'right');
    },
  };
}
