/** How the runs of Foyer's own assistant become what people see. */
import type { Task, ThreadMetadata } from '../../src-shared/chatkit/index.ts';
import type { RequestContext } from '../context.ts';
import { type FunctionCall, ResponseStreamConverter, type ToolState } from './bridge/converter.ts';
import { parseArguments } from './bridge/tool-calls.ts';
import type { AssistantTool } from './tools.ts';

/** Keeps the bytes of a generated image and gives the address under which a client finds them. */
export type StoreImage = (
  image: { readonly id: string; readonly base64: string },
  thread: ThreadMetadata,
  context: RequestContext,
) => Promise<string>;

const FAILED = { en: 'This did not work.', fr: 'Cela n’a pas fonctionné.' } as const;

/** Shows tools under the titles they give themselves, and keeps finished images outside of the thread. */
export class AssistantConverter extends ResponseStreamConverter {
  readonly #tools: ReadonlyMap<string, AssistantTool>;
  readonly #context: RequestContext;
  readonly #thread: ThreadMetadata;
  readonly #storeImage: StoreImage | undefined;

  constructor(
    tools: readonly AssistantTool[],
    context: RequestContext,
    thread: ThreadMetadata,
    storeImage: StoreImage | undefined,
  ) {
    super({ locale: context.locale });
    this.#tools = new Map(tools.map((tool) => [tool.name, tool]));
    this.#context = context;
    this.#thread = thread;
    this.#storeImage = storeImage;
  }

  /** Previews pass, so they are not kept. */
  override base64ImageToUrl(id: string, base64: string, partialIndex?: number): string | Promise<string> {
    return this.#storeImage === undefined || partialIndex !== undefined
      ? super.base64ImageToUrl(id, base64, partialIndex)
      : this.#storeImage({ id, base64 }, this.#thread, this.#context);
  }

  override functionToolToTask(call: FunctionCall, state: ToolState): Task | null {
    const tool = this.#tools.get(call.name);
    if (tool === undefined) return null;
    const { locale } = this.#context;
    const { title, icon } = tool.title(parseArguments(call.arguments), locale);
    return {
      type: 'custom',
      status_indicator: state === 'running' ? 'loading' : 'complete',
      title,
      ...(icon === undefined ? {} : { icon }),
      ...(state === 'failed' ? { content: FAILED[locale] } : {}),
    };
  }
}
