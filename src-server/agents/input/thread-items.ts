/** Thread items as input for a model (protocol §8.2). */
import type {
  Attachment,
  StructuredInputItem,
  Task,
  ThreadItem,
  UserContent,
  UserMessageItem,
} from '../../../src-shared/chatkit/index.ts';

/** One piece of model input, in a form that any API can be given. Holds no id of any provider. */
export type ModelInput =
  | { readonly type: 'user'; readonly parts: readonly UserPart[] }
  | { readonly type: 'assistant'; readonly texts: readonly string[] }
  /** A call of a tool and its result: always together. */
  | {
      readonly type: 'tool';
      readonly callId: string;
      readonly name: string;
      readonly args: string;
      readonly output: string;
    };

export type UserPart =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'image'; readonly url: string };

/** What the protocol leaves to the integrator. */
export interface InputHooks {
  attachment(attachment: Attachment): UserPart;
  /** What the model should know about something a person named with `@`. */
  tag(tag: InputTag): string;
  hiddenContext(content: unknown): string;
}

export type InputTag = Extract<UserContent, { type: 'input_tag' }>;

/** Foyer's own hooks. */
export const plainHooks: InputHooks = {
  attachment: ({ name, mime_type }) => text(wrap('Attachment', `${name} (${mime_type}), not readable here`)),
  tag: ({ id, text: name, group, data }) => JSON.stringify({ name, id, ...(group ? { group } : {}), data }),
  hiddenContext: (content) => (typeof content === 'string' ? content : JSON.stringify(content)),
};

/**
 * Converts items, oldest first. Context is sent in the user's role, never as system text: it may come from anywhere.
 * Whether a message is the newest, and so its quoted text is sent, is decided by its place in the list.
 */
export function toModelInput(items: readonly ThreadItem[], hooks: InputHooks = plainHooks): ModelInput[] {
  return items.flatMap((item, index) => convert(item, index === items.length - 1, hooks));
}

function convert(item: ThreadItem, isLast: boolean, hooks: InputHooks): ModelInput[] {
  switch (item.type) {
    case 'user_message':
      return userMessage(item, isLast, hooks);
    case 'assistant_message': {
      const texts = item.content.map((part) => part.text).filter((part) => part !== '');
      return texts.length === 0 ? [] : [{ type: 'assistant', texts }];
    }
    case 'client_tool_call':
      if (item.status === 'pending') return [];
      return [
        {
          type: 'tool',
          callId: item.call_id,
          name: item.name,
          args: JSON.stringify(item.arguments),
          output: JSON.stringify(item.output ?? null),
        },
      ];
    case 'widget':
      return context(
        `The following widget (id ${item.id}) was shown to the user:`,
        JSON.stringify(item.widget, (_key, value: unknown) => value ?? undefined),
      );
    case 'generated_image':
      if (item.image === null || item.image === undefined) return [];
      return [
        {
          type: 'user',
          parts: [text('The following image was generated earlier:'), { type: 'image', url: item.image.url }],
        },
      ];
    case 'hidden_context_item':
      return context(wrap('HiddenContext', hooks.hiddenContext(item.content)));
    case 'sdk_hidden_context':
      return context(wrap('HiddenContext', item.content));
    case 'task':
      return taskContext(item.task);
    case 'workflow':
      return item.workflow.tasks.flatMap(taskContext);
    case 'structured_input':
      return structuredInput(item);
    case 'end_of_turn':
      return [];
  }
}

function userMessage(item: UserMessageItem, isLast: boolean, hooks: InputHooks): ModelInput[] {
  const said = item.content.map((part) => (part.type === 'input_tag' ? `@${part.text}` : part.text)).join('');
  const parts = [...(said === '' ? [] : [text(said)]), ...item.attachments.map((a) => hooks.attachment(a))];
  const quoted = isLast && item.quoted_text ? [text(wrap('QuotedText', item.quoted_text))] : [];
  const tags = new Map(
    item.content.flatMap((part) => (part.type === 'input_tag' ? [[part.text, part] as const] : [])),
  );
  const explained = [...tags.values()].map((tag) => `@${tag.text}: ${hooks.tag(tag)}`);
  return [
    ...(parts.length === 0 ? [] : [{ type: 'user', parts } as const]),
    ...(quoted.length === 0 ? [] : [{ type: 'user', parts: quoted } as const]),
    ...(explained.length === 0 ? [] : context(wrap('Mentions', explained.join('\n')))),
  ];
}

function taskContext(task: Task): ModelInput[] {
  if (task.type !== 'custom') return [];
  const words = [task.title, task.content].filter(
    (part) => part !== null && part !== undefined && part !== '',
  );
  return words.length === 0 ? [] : context(wrap('Task', words.join(': ')));
}

function structuredInput(item: StructuredInputItem): ModelInput[] {
  const lines = item.inputs.map(({ question, answer }) => {
    const said = answer?.skipped === true ? 'skipped' : (answer?.values.join(', ') ?? 'unanswered');
    return `- ${question}: ${said}`;
  });
  return context(wrap('StructuredInput', [`status: ${item.status}`, ...lines].join('\n')));
}

function context(...lines: string[]): ModelInput[] {
  return [{ type: 'user', parts: [text(lines.join('\n'))] }];
}

function text(value: string): UserPart {
  return { type: 'text', text: value };
}

/** Wraps foreign text in a tag that it cannot close itself. */
function wrap(tag: string, content: string): string {
  return `<${tag}>\n${content.replaceAll(`</${tag}`, `< /${tag}`)}\n</${tag}>`;
}
