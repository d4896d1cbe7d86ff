import type { ReactNode } from 'react';
import type { WidgetComponent } from '../../../../src-shared/chatkit/index.ts';

/** What every component of a widget gets: its node as it was written, and its children already drawn. */
export interface PartProps {
  node: WidgetComponent;
  children: ReactNode;
}
