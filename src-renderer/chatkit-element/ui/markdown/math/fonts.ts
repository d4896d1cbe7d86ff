/** The fonts of KaTeX, served beside the script. Browsers ignore `@font-face` in a shadow root. */
import amsRegular from 'katex/dist/fonts/KaTeX_AMS-Regular.woff2?url';
import caligraphicBold from 'katex/dist/fonts/KaTeX_Caligraphic-Bold.woff2?url';
import caligraphicRegular from 'katex/dist/fonts/KaTeX_Caligraphic-Regular.woff2?url';
import frakturBold from 'katex/dist/fonts/KaTeX_Fraktur-Bold.woff2?url';
import frakturRegular from 'katex/dist/fonts/KaTeX_Fraktur-Regular.woff2?url';
import mainBold from 'katex/dist/fonts/KaTeX_Main-Bold.woff2?url';
import mainBoldItalic from 'katex/dist/fonts/KaTeX_Main-BoldItalic.woff2?url';
import mainItalic from 'katex/dist/fonts/KaTeX_Main-Italic.woff2?url';
import mainRegular from 'katex/dist/fonts/KaTeX_Main-Regular.woff2?url';
import mathBoldItalic from 'katex/dist/fonts/KaTeX_Math-BoldItalic.woff2?url';
import mathItalic from 'katex/dist/fonts/KaTeX_Math-Italic.woff2?url';
import sansBold from 'katex/dist/fonts/KaTeX_SansSerif-Bold.woff2?url';
import sansItalic from 'katex/dist/fonts/KaTeX_SansSerif-Italic.woff2?url';
import sansRegular from 'katex/dist/fonts/KaTeX_SansSerif-Regular.woff2?url';
import scriptRegular from 'katex/dist/fonts/KaTeX_Script-Regular.woff2?url';
import size1Regular from 'katex/dist/fonts/KaTeX_Size1-Regular.woff2?url';
import size2Regular from 'katex/dist/fonts/KaTeX_Size2-Regular.woff2?url';
import size3Regular from 'katex/dist/fonts/KaTeX_Size3-Regular.woff2?url';
import size4Regular from 'katex/dist/fonts/KaTeX_Size4-Regular.woff2?url';
import typewriterRegular from 'katex/dist/fonts/KaTeX_Typewriter-Regular.woff2?url';

type Face = readonly [family: string, file: string, weight?: '700' | undefined, style?: 'italic'];

const FACES: readonly Face[] = [
  ['AMS', amsRegular],
  ['Caligraphic', caligraphicBold, '700'],
  ['Caligraphic', caligraphicRegular],
  ['Fraktur', frakturBold, '700'],
  ['Fraktur', frakturRegular],
  ['Main', mainBold, '700'],
  ['Main', mainBoldItalic, '700', 'italic'],
  ['Main', mainItalic, undefined, 'italic'],
  ['Main', mainRegular],
  ['Math', mathBoldItalic, '700', 'italic'],
  ['Math', mathItalic, undefined, 'italic'],
  ['SansSerif', sansBold, '700'],
  ['SansSerif', sansItalic, undefined, 'italic'],
  ['SansSerif', sansRegular],
  ['Script', scriptRegular],
  ['Size1', size1Regular],
  ['Size2', size2Regular],
  ['Size3', size3Regular],
  ['Size4', size4Regular],
  ['Typewriter', typewriterRegular],
];

/** Makes the fonts known to a document, once. Each loads when a formula first needs it. */
export function addMathFonts(document: Document): void {
  if ([...document.fonts].some(({ family }) => family === 'KaTeX_Main')) return;
  for (const [family, file, weight = '400', style = 'normal'] of FACES) {
    const source = `url(${JSON.stringify(file)}) format("woff2")`;
    document.fonts.add(new FontFace(`KaTeX_${family}`, source, { weight, style, display: 'block' }));
  }
}
