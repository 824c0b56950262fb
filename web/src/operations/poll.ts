// Does something again and again, while anybody can see the page.

/**
 * At once, and again so long after it was done.
 * @returns ends it
 */
export function pollWhileVisible(work: () => Promise<void>, everyMs: number): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isAtWork = false;
  let isOver = false;

  async function run(): Promise<void> {
    clearTimeout(timer);
    if (isOver || isAtWork || document.hidden) return;
    isAtWork = true;
    await work();
    isAtWork = false;
    timer = setTimeout(run, everyMs);
  }

  const look = () => void run();
  document.addEventListener('visibilitychange', look);
  look();
  return () => {
    isOver = true;
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', look);
  };
}
