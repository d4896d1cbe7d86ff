/** Thread items as input for a model (protocol §8.2). */
import type { AgentInputItem } from '@openai/agents-core';
import type {
  AssistantMessageItem,
  Attachment,
  ClientToolCallItem,
  StructuredInputItem,
  Task,
  ThreadItem,
  UserContent,
  UserMessageItem,
  WidgetItem,
} from '../../../src-shared/chatkit/index.ts';
import { readPausedRun } from '../approvals/paused-run.ts';
import { jsonText } from './json-text.ts';
import { fromUser, type ModelInput, textPart, type UserPart, wrap } from './model-input.ts';
import { type ResponsesInputItem, toResponsesInput } from './responses-input.ts';
import { toSdkItem } from './sdk-input.ts';

/** Something a person named with `@`. */
export type InputTag = Extract<UserContent, { type: 'input_tag' }>;

/** Thrown for an item that only the host can explain to a model, where it has not said how. */
export class ConverterHookMissingError extends Error {
  override readonly name = 'ConverterHookMissingError';

  constructor(hook: 'attachment' | 'tag' | 'hiddenContext') {
    super(`ThreadItemConverter.${hook} is not implemented`);
  }
}

/**
 * Turns the items of a thread into model input. Override a method to change one kind of item; three have no default
 * that could be right: {@link attachment}, {@link tag} and {@link hiddenContext} of anything but text.
 *
 * Context is sent in the user's role, never as system text: it may come from anywhere.
 */
export class ThreadItemConverter {
  /** What the model gets of an attachment. @throws {ConverterHookMissingError} unless overridden */
  async attachment(_attachment: Attachment): Promise<UserPart[]> {
    throw new ConverterHookMissingError('attachment');
  }

  /** What the model should know about a tag. @throws {ConverterHookMissingError} unless overridden */
  async tag(_tag: InputTag): Promise<UserPart> {
    throw new ConverterHookMissingError('tag');
  }

  /** Text goes as it is. @throws {ConverterHookMissingError} for anything else, unless overridden */
  async hiddenContext(content: unknown): Promise<ModelInput[]> {
    if (typeof content !== 'string') throw new ConverterHookMissingError('hiddenContext');
    return context(wrap('HiddenContext', content));
  }

  /** @param isLast whether nothing follows: only then is what the person quoted sent along */
  async userMessage(item: UserMessageItem, isLast: boolean): Promise<ModelInput[]> {
    const said = item.content.map((part) => (part.type === 'input_tag' ? `@${part.text}` : part.text));
    const parts = said.join('') === '' ? [] : [textPart(said.join(''))];
    for (const attachment of item.attachments) parts.push(...(await this.attachment(attachment)));
    const input = parts.length === 0 ? [] : [fromUser(...parts)];
    if (isLast && item.quoted_text) input.push(...context(wrap('QuotedText', item.quoted_text)));
    const tags = new Map(
      item.content.flatMap((part) => (part.type === 'input_tag' ? [[part.text, part] as const] : [])),
    );
    if (tags.size > 0) input.push(await this.tags([...tags.values()]));
    return input;
  }

  /** What is said of the tags of one message, each once. */
  async tags(tags: readonly InputTag[]): Promise<ModelInput> {
    const explained: UserPart[] = [];
    for (const tag of tags) explained.push(await this.tag(tag));
    return fromUser(textPart('What the user named with @ in the message above:'), ...explained);
  }

  async assistantMessage(item: AssistantMessageItem): Promise<ModelInput[]> {
    const texts = item.content.map((part) => part.text).filter((text) => text !== '');
    return texts.length === 0 ? [] : [{ type: 'assistant', texts }];
  }

  async clientToolCall(item: ClientToolCallItem): Promise<ModelInput[]> {
    if (item.status === 'pending') return [];
    return [
      {
        type: 'tool',
        callId: item.call_id,
        name: item.name,
        args: jsonText(item.arguments),
        output: jsonText(item.output ?? null),
      },
    ];
  }

  async widget(item: WidgetItem): Promise<ModelInput[]> {
    return context(
      `The following widget (id ${item.id}) was shown to the user:`,
      JSON.stringify(item.widget, (_key, value: unknown) => value ?? undefined),
    );
  }

  /** @param url where the image is, as the thread has it */
  async generatedImage(url: string): Promise<ModelInput[]> {
    return [fromUser(textPart('The following image was generated earlier:'), { type: 'image', url })];
  }

  /** Of workflows, each task is one. */
  async task(task: Task): Promise<ModelInput[]> {
    if (task.type !== 'custom') return [];
    const words = [task.title, task.content].filter((part) => part);
    return words.length === 0 ? [] : context(wrap('Task', words.join(': ')));
  }

  async structuredInput(item: StructuredInputItem): Promise<ModelInput[]> {
    const lines = item.inputs.map(({ question, answer }) => {
      const said = answer?.skipped === true ? 'skipped' : (answer?.values.join(', ') ?? 'unanswered');
      return `- ${question}: ${said}`;
    });
    return context(wrap('StructuredInput', [`status: ${item.status}`, ...lines].join('\n')));
  }

  /** Any item, by the methods above. @throws {ConverterHookMissingError} see there */
  async item(item: ThreadItem, isLast: boolean): Promise<ModelInput[]> {
    switch (item.type) {
      case 'user_message':
        return this.userMessage(item, isLast);
      case 'assistant_message':
        return this.assistantMessage(item);
      case 'client_tool_call':
        return this.clientToolCall(item);
      case 'widget':
        return this.widget(item);
      case 'generated_image':
        return item.image ? this.generatedImage(item.image.url) : [];
      case 'hidden_context_item':
        // What waits for a person is no concern of the model's.
        return readPausedRun(item) === null ? this.hiddenContext(item.content) : [];
      case 'sdk_hidden_context':
        return context(wrap('HiddenContext', item.content));
      case 'task':
        return this.task(item.task);
      case 'workflow':
        return (await Promise.all(item.workflow.tasks.map((task) => this.task(task)))).flat();
      case 'structured_input':
        return this.structuredInput(item);
      case 'end_of_turn':
        return [];
    }
  }

  /** @param items oldest first; whether a message is the last is decided by its place here */
  async toModelInput(items: readonly ThreadItem[]): Promise<ModelInput[]> {
    const last = items.length - 1;
    return (await Promise.all(items.map((item, index) => this.item(item, index === last)))).flat();
  }

  /** Input for `run` of the Agents SDK, one item for each message. @param items oldest first */
  async toAgentInput(items: readonly ThreadItem[]): Promise<AgentInputItem[]> {
    return (await this.toModelInput(items)).flatMap(toSdkItem);
  }

  /** Input for the Responses API itself, as it goes over the wire. @param items oldest first */
  async toResponsesInput(items: readonly ThreadItem[]): Promise<ResponsesInputItem[]> {
    return (await this.toModelInput(items)).flatMap(toResponsesInput);
  }
}

function context(...lines: string[]): ModelInput[] {
  return [fromUser(textPart(lines.join('\n')))];
}
