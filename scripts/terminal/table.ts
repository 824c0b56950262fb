// Draws a table for a terminal, in color where the terminal has colors.
import Table from 'cli-table3';

export type Cell = string | number | undefined | { readonly content: string; readonly colSpan: number };

export interface TableOptions {
  readonly head?: readonly string[];
  /** By column; to the left where nothing is said. */
  readonly align?: readonly ('left' | 'right')[];
  /** Draws lines between the rows, for cells of several lines. */
  readonly isRuled?: boolean;
}

export function renderTable(rows: readonly (readonly Cell[])[], options: TableOptions = {}): string {
  const { head = [], align = [], isRuled = false } = options;
  const isColored = process.stdout.isTTY && process.stdout.hasColors();
  const table = new Table({
    head: [...head],
    colAligns: [...align],
    style: { compact: !isRuled, head: isColored ? ['bold'] : [], border: isColored ? ['gray'] : [] },
  });
  table.push(...rows.map((row) => [...row]));
  return table.toString();
}
