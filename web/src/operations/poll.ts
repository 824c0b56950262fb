// Does something again and again, while anybody can see the page.

/**
 * At once, and again so long after it was done.
 * @param page the document
 * @returns ends it
 */
export function pollWhileVisible(
  page: EventTarget & { readonly hidden: boolean },
  work: () => Promise<void>,
  everyMs: number,
): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isAtWork = false;
  let isOver = false;

  async function run(): Promise<void> {
    clearTimeout(timer);
    if (isOver || isAtWork || page.hidden) return;
    isAtWork = true;
    await work();
    isAtWork = false;
    timer = setTimeout(run, everyMs);
  }

  const look = () => void run();
  page.addEventListener('visibilitychange', look);
  look();
  return () => {
    isOver = true;
    clearTimeout(timer);
    page.removeEventListener('visibilitychange', look);
  };
}
