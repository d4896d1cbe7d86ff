/** Typesets formulas with KaTeX. Loaded when the first formula comes. */
import katex from 'katex';
import sheetText from 'katex/dist/katex.min.css?raw';
import { addMathFonts } from './fonts.ts';

/** The roots that have the style sheet of formulas. */
const styled = new WeakSet<Node>();

/**
 * Draws a formula into an element that is in the page and that nobody else fills. KaTeX builds the nodes itself, from
 * its own few kinds: no HTML text is parsed, and nothing in TeX can name an address, a class or a script. A formula with
 * a mistake shows its source.
 */
export function typeset(element: HTMLElement, tex: string, display: boolean): void {
  style(element.getRootNode());
  katex.render(tex, element, {
    displayMode: display,
    output: 'htmlAndMathml',
    throwOnError: false,
    errorColor: 'var(--ck-danger)',
    strict: 'ignore',
    trust: false,
    maxExpand: 500,
    maxSize: 20,
    macros: {},
  });
}

function style(root: Node) {
  if (styled.has(root)) return;
  styled.add(root);
  if (!(root instanceof ShadowRoot) && !(root instanceof Document)) return;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(sheetText.replace(/@font-face\{[^}]*\}/g, ''));
  root.adoptedStyleSheets.push(sheet);
  addMathFonts(document);
}
