import { type RefObject, useLayoutEffect, useState } from 'react';

/**
 * How much must give way for a row to fit into its place: 0 when everything stands, up to `steps`. It begins anew when
 * the width or `what` changes. While more can give way the row carries `data-fitting`, and must not wrap.
 *
 * @param what names all that decides how wide the content is
 */
export function useFit(row: RefObject<HTMLElement | null>, steps: number, what: string): number {
  const [fit, setFit] = useState({ given: 0, what, width: 0 });
  const given = fit.what === what ? Math.min(fit.given, steps) : 0;

  useLayoutEffect(() => {
    const element = row.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => {
      const width = element.clientWidth;
      setFit((before) => (before.width === width ? before : { ...before, given: 0, width }));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [row]);
  useLayoutEffect(() => {
    const element = row.current;
    if (element === null) return;
    element.toggleAttribute('data-fitting', given < steps);
    if (given >= steps || element.scrollWidth <= element.clientWidth) return;
    setFit({ given: given + 1, what, width: element.clientWidth });
  });
  return given;
}
