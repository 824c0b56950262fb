// A full disk, told from other errors, and told to people in one line.

/** Whether a write failed because the disk had no room for it: as the system, SQLite or LevelDB say so. */
export function isDiskFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, errcode } = error as Error & { code?: unknown; errcode?: unknown };
  // https://sqlite.org/rescode.html#full
  const isMeant = code === 'ENOSPC' || errcode === 13 || /no space left|disk is full/i.test(error.message);
  return isMeant || isDiskFull(error.cause);
}

/** What to do about it. @param folder on the full disk */
export function diskFullLine(folder: string): string {
  return `The disk of ${folder} is full: free some space. What was acknowledged is kept; other calls fail until then.`;
}
