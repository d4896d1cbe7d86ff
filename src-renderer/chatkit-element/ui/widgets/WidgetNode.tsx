/** One node of a widget: finds its component, draws its children, and survives whatever is in it. */
import type { ComponentType, ReactNode } from 'react';
import {
  authoredNodeSchema,
  type ComponentName,
  componentSchemas,
  type WidgetComponent,
} from '../../../../src-shared/chatkit/index.ts';
import { toChatKitError } from '../../errors.ts';
import { fill } from '../../i18n/strings.ts';
import { Boundary } from '../Boundary.tsx';
import { usePage, useStrings } from '../context.ts';
import { Button } from './Button.tsx';
import { Card } from './Card.tsx';
import { Chart } from './Chart.tsx';
import { Checkbox, RadioGroup, Select } from './Choices.tsx';
import { DatePicker } from './dates/DatePicker.tsx';
import { Input, Textarea } from './Fields.tsx';
import { ImagePart } from './ImagePart.tsx';
import { Box, Divider, Form, Spacer, Transition } from './Layout.tsx';
import { Basic, ListView, ListViewItem } from './Lists.tsx';
import type { PartProps } from './part.ts';
import { readProps } from './props.ts';
import { useWidget } from './scope.ts';
import { Table, TableCell, TableRow } from './Table.tsx';
import { Badge, Caption, IconPart, Label, MarkdownPart, Text, Title } from './Texts.tsx';
import { WidgetWords } from './WidgetWords.tsx';

/** Deeper than any card that makes sense; the rest is shown as its words. */
const MAX_DEPTH = 40;

const PARTS: Readonly<Record<ComponentName, ComponentType<PartProps>>> = {
  Card,
  ListView,
  ListViewItem,
  Basic,
  Box,
  Row: Box,
  Col: Box,
  Form,
  Divider,
  Spacer,
  Transition,
  Text,
  Title,
  Caption,
  Markdown: MarkdownPart,
  Label,
  Badge,
  Icon: IconPart,
  Image: ImagePart,
  Button,
  Select,
  DatePicker,
  Checkbox,
  Input,
  Textarea,
  RadioGroup,
  Chart,
  Table,
  'Table.Row': TableRow,
  'Table.Cell': TableCell,
};

function isKnown(type: string): type is ComponentName {
  return Object.hasOwn(PARTS, type);
}

interface WidgetNodeProps {
  node: WidgetComponent;
  depth: number;
}

export function WidgetNode({ node, depth }: WidgetNodeProps) {
  const { controller } = usePage();
  if (depth > MAX_DEPTH) return <Words node={node} />;
  return (
    <Boundary
      onError={(error) => controller.emit('chatkit.error', { error: toChatKitError(error, 'protocol') })}
      fallback={() => <Words node={node} />}
    >
      <Known node={node} depth={depth} />
    </Boundary>
  );
}

function Known({ node, depth }: WidgetNodeProps) {
  const { streaming } = useWidget();
  const children = drawChildren(node.children, depth);
  if (!isKnown(node.type)) return <Unknown node={node}>{children}</Unknown>;
  const Part = PARTS[node.type];
  // Half of a component that is still being written is no mistake.
  if (readProps(componentSchemas[node.type], node) === null) {
    return streaming ? null : <Unknown node={node}>{children}</Unknown>;
  }
  return <Part node={node}>{children}</Part>;
}

/** Children keep their key or id as identity, so that what is typed survives when the tree around it changes. */
function drawChildren(children: unknown, depth: number): ReactNode[] {
  const list = Array.isArray(children) ? children : [children];
  const seen = new Map<string, number>();
  return list.flatMap((child: unknown, index) => {
    const parsed = authoredNodeSchema.safeParse(child);
    if (!parsed.success) return [];
    const node = parsed.data;
    const own = node.key ?? node.id;
    const name = own == null ? `${node.type}#${index}` : `${node.type}:${own}`;
    const count = seen.get(name) ?? 0;
    seen.set(name, count + 1);
    return [<WidgetNode key={count === 0 ? name : `${name}~${count}`} node={node} depth={depth + 1} />];
  });
}

/** A component that this version does not have: its name, its own words, and everything inside it. */
function Unknown({ node, children }: PartProps) {
  const strings = useStrings();
  const { children: _, ...own } = node;
  return (
    <div className="ckw-unknown">
      <p className="ckw-caption">{fill(strings.widgetUnknown, { name: node.type.slice(0, 60) })}</p>
      <WidgetWords node={own} />
      {children}
    </div>
  );
}

/** The words of a node and of all that is in it. */
function Words({ node }: { node: WidgetComponent }) {
  return (
    <div className="ckw-unknown">
      <WidgetWords node={node} />
    </div>
  );
}
