import type { WidgetComponent } from '../../../../src-shared/chatkit/index.ts';
import { widgetLines } from '../../state/widget-tree.ts';

/** The words of a node and of all that is in it, for when it cannot be drawn as what it is. */
export function WidgetWords({ node }: { node: WidgetComponent }) {
  const lines = widgetLines(node).map(({ text }, key) => ({ key, text }));
  return lines.map(({ key, text }) => (
    <p key={key} dir="auto">
      {text}
    </p>
  ));
}
