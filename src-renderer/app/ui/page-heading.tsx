import { useEffect, useRef } from 'react';
import { useI18n } from '../services.tsx';

/** Sets the title of the window for as long as the component is shown. */
export function usePageTitle(title: string, active = true): void {
  const { t } = useI18n();
  const full = t.common.pageTitle(title);
  useEffect(() => {
    if (active) document.title = full;
  }, [full, active]);
}

/**
 * The heading of a page. It names the window and takes the focus when the page opens, so that keyboards and screen
 * readers start with the new page and not with the link that led to it.
 */
export function PageHeading({ title, takeFocus = true }: { title: string; takeFocus?: boolean }) {
  const heading = useRef<HTMLHeadingElement>(null);
  usePageTitle(title);
  useEffect(() => {
    if (takeFocus) heading.current?.focus({ preventScroll: true });
  }, [takeFocus]);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {title}
    </h1>
  );
}
