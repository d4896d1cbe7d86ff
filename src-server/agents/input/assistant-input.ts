/** What the models of Foyer's own assistant get to read of a thread. */
import type { Attachment } from '../../../src-shared/chatkit/index.ts';
import { fromUser, type ModelInput, textPart, type UserPart, wrap } from './model-input.ts';
import { type InputTag, ThreadItemConverter } from './thread-item-converter.ts';
import { readToolResults } from './tool-memory.ts';

export interface AssistantInputOptions {
  /** Tools that the model has now: only of these are earlier calls told as calls. */
  readonly tools?: readonly { readonly name: string }[];
  /** What the model gets of an attachment. Default: its name and kind. */
  readonly attachment?: ((attachment: Attachment) => Promise<UserPart[]>) | undefined;
  /** The address under which a model finds an image that was made earlier; null when it is gone. Default: the same. */
  readonly image?: ((url: string) => Promise<string | null>) | undefined;
}

/** Explains everything that a thread can hold, and refuses nothing. */
export class AssistantInput extends ThreadItemConverter {
  readonly #options: AssistantInputOptions;

  constructor(options: AssistantInputOptions = {}) {
    super();
    this.#options = options;
  }

  override async attachment(attachment: Attachment): Promise<UserPart[]> {
    if (this.#options.attachment !== undefined) return this.#options.attachment(attachment);
    const { name, mime_type } = attachment;
    return [textPart(wrap('Attachment', `${name} (${mime_type}), not readable here`))];
  }

  override async generatedImage(url: string): Promise<ModelInput[]> {
    const found = this.#options.image === undefined ? url : await this.#options.image(url);
    return found === null ? [] : super.generatedImage(found);
  }

  /** In a tag of their own, so that nobody takes them for what the person typed. */
  override async tags(tags: readonly InputTag[]): Promise<ModelInput> {
    const lines = tags.map(({ id, text: name, group, data }) => {
      return `@${name}: ${JSON.stringify({ name, id, ...(group ? { group } : {}), data })}`;
    });
    return fromUser(textPart(wrap('Mentions', lines.join('\n'))));
  }

  /** A model without these tools reads of them: some refuse calls of tools that they do not have. */
  override async hiddenContext(content: unknown): Promise<ModelInput[]> {
    const results = readToolResults(content);
    if (results === null) {
      const text = typeof content === 'string' ? content : JSON.stringify(content);
      return [fromUser(textPart(wrap('HiddenContext', text)))];
    }
    const tools = new Set((this.#options.tools ?? []).map(({ name }) => name));
    return results.map(({ call_id, name, arguments: args, output }): ModelInput => {
      if (tools.has(name)) return { type: 'tool', callId: call_id, name, args, output };
      return fromUser(textPart(wrap('EarlierToolResult', `${name}(${args}): ${output}`)));
    });
  }
}
