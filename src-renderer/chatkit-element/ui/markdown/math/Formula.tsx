import { memo, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { FormulaSource } from '../formulas.ts';

type Typeset = typeof import('./typeset.ts').typeset;

/** Known after the first formula, so that later ones stand at once and nothing moves. */
let loaded: Typeset | null = null;

/** A formula: its source until it can be typeset, and whenever it cannot. */
export const Formula = memo(function Formula({ tex, display }: FormulaSource) {
  const [typeset, setTypeset] = useState(() => loaded);
  useEffect(() => {
    if (typeset !== null) return;
    let gone = false;
    import('./typeset.ts').then(
      (module) => {
        loaded = module.typeset;
        if (!gone) setTypeset(() => module.typeset);
      },
      // The source stays.
      () => {},
    );
    return () => {
      gone = true;
    };
  }, [typeset]);
  if (typeset === null) return <code className={display ? 'ck-formula-source' : undefined}>{tex}</code>;
  return <Typeset typeset={typeset} tex={tex} display={display} />;
});

function Typeset({ typeset, tex, display }: FormulaSource & { typeset: Typeset }) {
  const place = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    const { current } = place;
    if (current === null) return;
    typeset(current, tex, display);
    // Only what scrolls is a stop for the keyboard.
    if (display && current.scrollWidth > current.clientWidth) current.tabIndex = 0;
  }, [typeset, tex, display]);
  return <span ref={place} className={display ? 'ck-formula ck-formula--display' : 'ck-formula'} dir="ltr" />;
}
