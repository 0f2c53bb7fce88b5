/** What ksqlDB's CLI draws lists of things as: columns as wide as they need to be, rules over and under the rows. */
export function table(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  width: number,
): readonly string[] {
  const widths = headings.map((heading, column) => {
    return Math.max(heading.length, ...rows.map((row) => longestLine(row[column] ?? '')));
  });
  const line = (cells: readonly string[]): string => {
    return ` ${widths.map((cell, column) => (cells[column] ?? '').padEnd(cell)).join(' | ')} `;
  };
  const natural = widths.reduce((sum, cell) => sum + cell + 3, -1);
  const rule = '-'.repeat(Math.min(width, natural));
  return [line(headings), rule, ...rows.map(line), rule];
}

function longestLine(text: string): number {
  return Math.max(...text.split('\n').map(({ length }) => length));
}

/** How the rows of queries are laid out: SET CLI's settings, and the terminal's width. */
export type RowLayout = {
  readonly width: number;
  /** Of each column; 0: what the terminal has room for. */
  readonly columnWidth: number;
  /** Whether a value that is too long goes on in the next line, or is cut. */
  readonly wrap: boolean;
};

const COLUMN_WIDTH_MIN = 5;
const CLIPPED = '...';

/** The headings of a query's rows, between rules. */
export function rowHeader(names: readonly string[], layout: RowLayout): readonly string[] {
  if (names.length === 0) return [];
  const rule = `+${names.map(() => '-'.repeat(cellWidth(names.length, layout))).join('+')}+`;
  return [rule, ...gridLines(names, { ...layout, wrap: true }), rule];
}

/** One row of a query: all columns have the same width, so that rows can be printed as they come. */
export function gridLines(cells: readonly string[], layout: RowLayout): readonly string[] {
  const width = cellWidth(cells.length, layout);
  const columns = cells.map((cell) => chunksOf(cell, width));
  const height = layout.wrap ? Math.max(1, ...columns.map(({ length }) => length)) : 1;
  return Array.from({ length: height }, (_, line) => {
    const parts = columns.map((chunks) => {
      const part = (chunks[line] ?? '').padEnd(width);
      const isCut = !layout.wrap && chunks.slice(1).some((chunk) => chunk.trim() !== '');
      return isCut ? part.slice(0, Math.max(0, width - CLIPPED.length)) + CLIPPED : part;
    });
    return `|${parts.join('|')}|`;
  });
}

function cellWidth(columnCount: number, { width, columnWidth }: RowLayout): number {
  if (columnWidth > 0) return columnWidth;
  return Math.max(Math.floor(width / columnCount) - 2, COLUMN_WIDTH_MIN);
}

function chunksOf(text: string, width: number): readonly string[] {
  const chunks: string[] = [];
  for (let start = 0; start < text.length; start += width) chunks.push(text.slice(start, start + width));
  return chunks.length === 0 ? [''] : chunks;
}
