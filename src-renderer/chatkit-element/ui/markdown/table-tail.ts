/** A line of pipes at the end of a text, and what there is of the row of dashes below it. */
const BEGINNING = /(?:^|\n)( {0,3}\|[^\n]*)(?:\n([ \t|:-]*))?$/;

/**
 * A table that has only begun is drawn as one at once: its head stood there as a line of pipes otherwise, until the row
 * of dashes had come. A text that ends with it stays as it is written; only growing text may be given to this.
 */
export function completeTable(block: string): string {
  const found = BEGINNING.exec(block);
  if (found === null) return block;
  const [whole, head = '', dashes = ''] = found;
  const before = block.slice(0, found.index);
  const isOwnLine = !/(?:^|\n) {0,3}\|[^\n]*$/.test(before);
  if (!isOwnLine) return block;
  const columns = cellsOf(head);
  if (columns.every((cell) => cell.trim() === '')) return before;
  const drawn = cellsOf(dashes);
  const isWhole = drawn.length === columns.length && drawn.every((cell) => /^\s*:?-+:?\s*$/.test(cell));
  if (isWhole) return block;
  const start = whole.startsWith('\n') ? '\n' : '';
  return `${before}${start}${head}\n|${columns.map(() => ' --- |').join('')}`;
}

function cellsOf(row: string): string[] {
  return row
    .trim()
    .replace(/^\||(?<!\\)\|$/g, '')
    .split(/(?<!\\)\|/);
}
