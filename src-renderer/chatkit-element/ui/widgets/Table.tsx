/** Table, Table.Row and Table.Cell. Whatever else stands in a table is put into a cell, so that it stays one. */
import { Children, createContext, isValidElement, type ReactNode, useContext } from 'react';
import { componentSchemas } from '../../../../src-shared/chatkit/index.ts';
import { useStrings } from '../context.ts';
import { SCROLLABLE } from '../scrollable.ts';
import { padding } from './box-style.ts';
import { cssLength } from './css-values.ts';
import type { PartProps } from './part.ts';
import { readProps } from './props.ts';

type Place = 'outside' | 'table' | 'row' | 'header';
const PlaceContext = createContext<Place>('outside');

const MAX_SPAN = 100;

/** The component name of a child, as {@link ./WidgetNode.tsx} made it. */
function typeOf(child: ReactNode): string {
  if (!isValidElement<{ node?: { type?: unknown } }>(child)) return '';
  return String(child.props.node?.type);
}

export function Table({ children }: PartProps) {
  const strings = useStrings();
  return (
    <figure className="ckw-table" aria-label={strings.table} {...SCROLLABLE}>
      <table>
        <tbody>
          <PlaceContext value="table">
            {Children.map(children, (child) =>
              typeOf(child) === 'Table.Row' ? child : <Stray>{child}</Stray>,
            )}
          </PlaceContext>
        </tbody>
      </table>
    </figure>
  );
}

function Stray({ children }: { children: ReactNode }) {
  return (
    <tr>
      <td colSpan={MAX_SPAN}>
        <PlaceContext value="outside">{children}</PlaceContext>
      </td>
    </tr>
  );
}

export function TableRow({ node, children }: PartProps) {
  const place = useContext(PlaceContext);
  const header = readProps(componentSchemas['Table.Row'], node)?.header === true;
  if (place !== 'table') return <div className="ckw-box">{children}</div>;
  return (
    <tr data-header={header || undefined}>
      <PlaceContext value={header ? 'header' : 'row'}>
        {Children.map(children, (child) =>
          typeOf(child) === 'Table.Cell' ? (
            child
          ) : (
            <td>
              <PlaceContext value="outside">{child}</PlaceContext>
            </td>
          ),
        )}
      </PlaceContext>
    </tr>
  );
}

function span(count: number | null | undefined): number | undefined {
  return count == null ? undefined : Math.min(Math.max(count, 1), MAX_SPAN);
}

export function TableCell({ node, children }: PartProps) {
  const place = useContext(PlaceContext);
  const props = readProps(componentSchemas['Table.Cell'], node);
  const inner = <PlaceContext value="outside">{children}</PlaceContext>;
  if (place !== 'row' && place !== 'header') return <div className="ckw-box">{inner}</div>;
  const vertical = props?.vAlign === 'center' ? 'middle' : (props?.vAlign ?? undefined);
  const shared = {
    colSpan: span(props?.colSpan),
    rowSpan: span(props?.rowSpan),
    'data-col': props?.colSize ?? undefined,
    'data-align': props?.align ?? undefined,
    style: {
      width: cssLength(props?.width, 1),
      verticalAlign: vertical,
      ...padding(props?.padding),
    },
  };
  if (place === 'header') {
    return (
      <th scope="col" {...shared}>
        {inner}
      </th>
    );
  }
  return <td {...shared}>{inner}</td>;
}
