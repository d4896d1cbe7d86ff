/** Boxes and what stands between them. */
import {
  type CSSProperties,
  type KeyboardEvent,
  type ReactNode,
  useContext,
  useLayoutEffect,
  useMemo,
  useRef,
} from 'react';
import { componentSchemas } from '../../../../src-shared/chatkit/index.ts';
import { type BoxProps, boxStyle } from './box-style.ts';
import { cssColor, cssLength } from './css-values.ts';
import type { PartProps } from './part.ts';
import { readProps } from './props.ts';
import { FORM_MARK, FormContext, useScheme, useWidget } from './scope.ts';

/** The direction that a component has by its name, or takes from its props. */
function direction(type: string, props: { direction?: 'row' | 'col' | null | undefined }): 'row' | 'col' {
  if (type === 'Row') return 'row';
  return type === 'Col' ? 'col' : (props.direction ?? 'col');
}

/** `Box`, `Row` and `Col`. */
export function Box({ node, children }: PartProps) {
  const scheme = useScheme();
  const props = readProps(componentSchemas.Box, { ...node, type: 'Box' });
  const box: BoxProps = props ?? {};
  const way = direction(node.type, props ?? {});
  return (
    <div className="ckw-box" data-way={way} style={boxStyle(box, way, scheme)}>
      {children}
    </div>
  );
}

/** A form: its submit button, or Enter in a field, starts the action with the values of all fields. */
export function Form({ node, children }: PartProps) {
  const scheme = useScheme();
  const widget = useWidget();
  const props = readProps(componentSchemas.Form, node);
  const way = direction(node.type, props ?? {});
  const action = props?.onSubmitAction ?? null;
  const submit = (from: Element) => {
    if (action !== null) widget.run({ action, auto: 'self', from, validate: true });
  };
  return (
    <FormArea submit={submit} style={boxStyle(props ?? {}, way, scheme)} way={way}>
      {children}
    </FormArea>
  );
}

interface FormAreaProps {
  /** What Enter and submit buttons do. */
  submit(from: Element): void;
  style?: CSSProperties;
  way?: 'row' | 'col';
  children: ReactNode;
}

/** The element around controls that belong together. HTML has no form within a form, so an inner one is a group. */
export function FormArea({ submit, style, way = 'col', children }: FormAreaProps) {
  const outer = useContext(FormContext);
  const latest = useRef(submit);
  useLayoutEffect(() => {
    latest.current = submit;
  });
  const scope = useMemo(() => ({ submit: (from: Element) => latest.current(from) }), []);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key !== 'Enter' || event.defaultPrevented || event.nativeEvent.isComposing) return;
    const { target } = event;
    if (!(target instanceof HTMLInputElement) || target.type === 'checkbox' || target.type === 'radio')
      return;
    event.preventDefault();
    submit(target);
  };
  const shared = { className: 'ckw-box', 'data-way': way, style, onKeyDown, [FORM_MARK]: '' };
  const inner = <FormContext value={scope}>{children}</FormContext>;
  if (outer !== null) return <fieldset {...shared}>{inner}</fieldset>;
  return (
    <form {...shared} noValidate onSubmit={(event) => event.preventDefault()}>
      {inner}
    </form>
  );
}

/** Takes the room that is left. */
export function Spacer({ node }: PartProps) {
  const props = readProps(componentSchemas.Spacer, node);
  const size = cssLength(props?.minSize, 1);
  return <div className="ckw-spacer" style={{ minWidth: size, minHeight: size }} aria-hidden="true" />;
}

/** A line between two parts; `flush` lets it reach the edges of the card. */
export function Divider({ node }: PartProps) {
  const scheme = useScheme();
  const props = readProps(componentSchemas.Divider, node);
  const style = {
    '--ckw-line': cssColor(props?.color, 'border', scheme),
    '--ckw-line-size': cssLength(props?.size, 1),
    '--ckw-line-space': cssLength(props?.spacing, 4),
  };
  return <hr className="ckw-divider" data-flush={props?.flush || undefined} style={style as CSSProperties} />;
}

/** Fades its one child in whenever another one takes its place. */
export function Transition({ children }: PartProps) {
  return <div className="ckw-transition">{children}</div>;
}
