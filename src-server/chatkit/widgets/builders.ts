/** Widgets written in TypeScript: one function for each component (protocol §7.1). */
import {
  type ActionConfig,
  type ComponentName,
  type ComponentProps,
  componentSchemas,
  type WidgetComponent,
  type WidgetRoot,
} from '../../../src-shared/chatkit/index.ts';

type Children = readonly (WidgetComponent | null | false)[];
type Component<Name extends string> = WidgetComponent & { type: Name };

/**
 * A component without children. Its props are checked, so that a mistake shows where it is made.
 *
 * @throws {z.ZodError} for props that the component does not have
 */
function leaf<Name extends ComponentName>(type: Name) {
  return (props: ComponentProps<Name>): Component<Name> => build(type, props);
}

/** A component around others. Children that are null or false are left out, for conditions in place. */
function container<Name extends ComponentName>(type: Name) {
  return (props: ComponentProps<Name>, children: Children = []): Component<Name> => ({
    ...build(type, props),
    children: children.filter((child) => child !== null && child !== false),
  });
}

function build<Name extends ComponentName>(type: Name, props: ComponentProps<Name>): Component<Name> {
  return { ...componentSchemas[type].parse({ ...props, type }), type };
}

const asRoot =
  <Props>(make: (props: Props, children?: Children) => WidgetComponent & { type: WidgetRoot['type'] }) =>
  (props: Props, children?: Children): WidgetRoot =>
    make(props, children);

export const card = asRoot(container('Card'));
export const listView = asRoot(container('ListView'));
export const basic = asRoot(container('Basic'));
export const listViewItem = container('ListViewItem');
export const box = container('Box');
export const row = container('Row');
export const col = container('Col');
export const form = container('Form');
export const table = container('Table');
export const tableRow = container('Table.Row');
export const tableCell = container('Table.Cell');
export const divider = leaf('Divider');
export const spacer = leaf('Spacer');
export const text = leaf('Text');
export const title = leaf('Title');
export const caption = leaf('Caption');
export const markdown = leaf('Markdown');
export const label = leaf('Label');
export const badge = leaf('Badge');
export const icon = leaf('Icon');
export const image = leaf('Image');
export const button = leaf('Button');
export const select = leaf('Select');
export const datePicker = leaf('DatePicker');
export const checkbox = leaf('Checkbox');
export const input = leaf('Input');
export const textarea = leaf('Textarea');
export const radioGroup = leaf('RadioGroup');
export const chart = leaf('Chart');

/** Moves its one child in and out; null shows nothing. */
export function transition(
  props: ComponentProps<'Transition'>,
  child: WidgetComponent | null,
): Component<'Transition'> {
  return { ...build('Transition', props), children: child };
}

/** What a button, a form or a change of a control asks for (protocol §7.2). */
export function action(
  type: string,
  payload?: unknown,
  options: Partial<Pick<ActionConfig, 'handler' | 'loadingBehavior' | 'streaming'>> = {},
): ActionConfig {
  return {
    type,
    ...(payload === undefined ? {} : { payload }),
    handler: options.handler ?? 'server',
    loadingBehavior: options.loadingBehavior ?? 'auto',
    streaming: options.streaming ?? true,
  };
}
