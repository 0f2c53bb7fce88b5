type Cell = string | number | boolean | null | undefined;

/** Rows under headings, in columns as wide as they need to be; what is not there is a dash. Ends with a line end. */
export function table(headings: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const texts = [headings, ...rows.map((cells) => cells.map(textOf))];
  const widths = headings.map((_, column) => Math.max(...texts.map((cells) => cells[column]?.length ?? 0)));
  const lines = texts.map((cells) => cells.map((cell, column) => cell.padEnd(widths[column]!)).join('  '));
  return lines.map((line) => `${line.trimEnd()}\n`).join('');
}

function textOf(cell: Cell): string {
  return cell === null || cell === undefined || cell === '' ? '-' : String(cell);
}

/** One line each, with a line end. */
export function lines(texts: readonly string[]): string {
  return texts.map((text) => `${text}\n`).join('');
}
