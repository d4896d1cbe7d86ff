import { Component, type ReactNode } from 'react';

/**
 * Keeps a page that breaks, or whose files cannot be loaded, from taking the whole window with it.
 *
 * @param props.fallback what to show instead of the page
 */
export class PageBoundary extends Component<
  { fallback: ReactNode; children: ReactNode },
  { broken: boolean }
> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override render(): ReactNode {
    return this.state.broken ? this.props.fallback : this.props.children;
  }
}
