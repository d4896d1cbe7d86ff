/** ListView with its items, and Basic: roots without the frame of a card. */
import { Children, isValidElement, type ReactNode, useState } from 'react';
import { componentSchemas } from '../../../../src-shared/chatkit/index.ts';
import { fill } from '../../i18n/strings.ts';
import { widgetLines } from '../../state/widget-tree.ts';
import { useStrings } from '../context.ts';
import { alignItems, boxStyle } from './box-style.ts';
import { cssLength } from './css-values.ts';
import type { PartProps } from './part.ts';
import { readProps } from './props.ts';
import { Status } from './Status.tsx';
import { SchemeContext, useScheme, useWidget, useWorking } from './scope.ts';

/** How many items `limit: "auto"` shows, and how many more each step brings for any limit. */
const AUTO_LIMIT = 6;
const STEP = 50;

export function ListView({ node, children }: PartProps) {
  const strings = useStrings();
  const outer = useScheme();
  const [more, setMore] = useState(0);
  const props = readProps(componentSchemas.ListView, node);
  const all = Children.toArray(children);
  const limit =
    props?.limit == null ? STEP * 2 : props.limit === 'auto' ? AUTO_LIMIT : Math.max(1, props.limit);
  const shown = all.slice(0, limit + more);
  const left = all.length - shown.length;
  const next = Math.min(left, STEP);
  return (
    <SchemeContext value={props?.theme ?? outer}>
      <div className="ckw-listview" data-scheme={props?.theme ?? undefined}>
        {props?.status != null && (
          <div className="ckw-card-head">
            <Status status={props.status} />
          </div>
        )}
        <ul aria-label={props?.status?.text ?? strings.widgetList}>
          {shown.map((child, index) => (
            <li key={isValidElement(child) ? child.key : index}>{child}</li>
          ))}
        </ul>
        {left > 0 && (
          <button type="button" className="ckw-more" onClick={() => setMore((count) => count + next)}>
            {fill(strings.widgetMore, { n: next })}
          </button>
        )}
      </div>
    </SchemeContext>
  );
}

/** One row; with an action the whole row is a button, and controls inside stay controls of their own. */
export function ListViewItem({ node, children }: PartProps) {
  const widget = useWidget();
  const { control, working } = useWorking();
  const props = readProps(componentSchemas.ListViewItem, node);
  const action = props?.onClickAction ?? null;
  const name = widgetLines(node)
    .map(({ text }) => text)
    .join(', ');
  return (
    <div
      className="ckw-item"
      data-clickable={action !== null || undefined}
      style={{ gap: cssLength(props?.gap, 4), alignItems: alignItems(props?.align) }}
    >
      {action !== null && (
        <button
          type="button"
          className="ckw-item-button"
          aria-label={name === '' ? action.type : name}
          aria-busy={working || undefined}
          ref={control}
          onClick={(event) => widget.run({ action, auto: 'self', from: event.currentTarget })}
        />
      )}
      {children}
    </div>
  );
}

/** Parts without a frame. */
export function Basic({ node, children }: PartProps): ReactNode {
  const outer = useScheme();
  const props = readProps(componentSchemas.Basic, node);
  const way = props?.direction ?? 'col';
  const scheme = props?.theme ?? outer;
  return (
    <SchemeContext value={scheme}>
      <div
        className="ckw-basic"
        data-way={way}
        data-scheme={props?.theme ?? undefined}
        style={boxStyle(props ?? {}, way, scheme)}
      >
        {children}
      </div>
    </SchemeContext>
  );
}
