import remarkGfm from 'remark-gfm';

/** What GFM adds to the reader of Markdown, by name. */
let additions: object | undefined;

/**
 * GitHub's Markdown for `react-markdown`. Every block is read by a reader of its own; what this adds to them is the same
 * each time, and is made once.
 */
export function gfm(this: { data(): object }): void {
  if (additions !== undefined) {
    Object.assign(this.data(), additions);
    return;
  }
  remarkGfm.call(this, { singleTilde: false });
  additions = { ...this.data() };
}
