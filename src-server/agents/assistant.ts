/** The assistant of a thread: takes a message, answers it with the connection that is set up, or with the guide. */
import type { Attachment, ThreadMetadata, UserMessageItem } from '../../src-shared/chatkit/index.ts';
import { StreamError } from '../chatkit/errors.ts';
import type { Respond } from '../chatkit/handlers.ts';
import type { Store } from '../chatkit/store.ts';
import type { RequestContext } from '../context.ts';
import { AgentContext } from './bridge/agent-context.ts';
import { workflowToResume } from './bridge/stream-agent-response.ts';
import { choicesOf, chosenTool, grantFor } from './choices.ts';
import type { Admit, AssistantConfig, Connection, TurnGrant } from './connection.ts';
import { AssistantConverter, type StoreImage } from './converter.ts';
import { describeProblem, mayRetry } from './failures/messages.ts';
import { ModelProblem } from './failures/problem.ts';
import { guideModel } from './guide/model.ts';
import { guideTool } from './guide/tool.ts';
import { AssistantInput } from './input/assistant-input.ts';
import { type History, loadHistory } from './input/history.ts';
import type { UserPart } from './input/model-input.ts';
import { toSdkInput } from './input/sdk-input.ts';
import { DEFAULT_LIMITS, type Limits } from './limits.ts';
import { systemPrompt } from './prompt.ts';
import { connector } from './provider/connect.ts';
import type { Fetch } from './provider/guarded-fetch.ts';
import { loadSdk, type Sdk } from './sdk.ts';
import { type EventQueue, eventQueue } from './stream/queue.ts';
import type { Dialect } from './stream/readers/auto.ts';
import { titleFrom } from './title.ts';
import type { AssistantTool } from './tools.ts';
import { runTurn, type TurnOptions, type TurnOutcome } from './turn.ts';

export interface AssistantOptions {
  readonly store: Store<RequestContext>;
  /** Asked at each turn, so that settings apply to the next message. */
  readonly config: () => Promise<AssistantConfig>;
  /** How model servers are reached: one that refuses addresses which may not be asked. */
  readonly fetch: Fetch;
  /** Gets one line for each turn: numbers and kinds of problems, never text, names or keys. */
  readonly log?: (line: string) => void;
  readonly limits?: Partial<Limits>;
  /** Tools that the models of providers may call. Default: none. */
  readonly tools?: readonly AssistantTool[];
  /** Milliseconds between two groups of words of the offline guide. Default: 12. */
  readonly guidePaceMs?: number;
  readonly now?: () => Date;
  /** Of Foyer, told to model servers. */
  readonly version?: string;
  /** The models that a person may choose for a message, besides the one that is set up. Default: none. */
  readonly models?: (context: RequestContext) => Promise<readonly string[]>;
  /** Decides what a turn may use, before its first request. Default: everything that is set up, without a meter. */
  readonly admit?: Admit;
  /** Keeps an image that a model made. Default: its bytes are part of its address. */
  readonly storeImage?: StoreImage;
  /** Where a model finds an image that was kept by {@link storeImage}; null when it is gone. Default: its address. */
  readonly imageForModel?: (url: string, context: RequestContext) => Promise<string | null>;
  /** What a model gets of an attachment. Default: its name and kind. */
  readonly attachmentParts?: (
    attachment: Attachment,
    turn: { readonly dialect: Dialect; readonly context: RequestContext },
  ) => Promise<UserPart[]>;
}

/** What one attempt at a turn may do differently from the first. */
interface Attempt {
  readonly historyCharacters: number;
  /** False while a turn is run again that was admitted already. */
  readonly isFirst: boolean;
}

/** The turn of a thread that is to be answered. */
interface AnswerOptions extends Pick<TurnOptions, 'signal'> {
  readonly thread: ThreadMetadata;
  /** The message to answer; null when the turn goes on with a result. */
  readonly message: UserMessageItem | null;
  /** Whether the thread begins with it. */
  readonly begins: boolean;
  readonly context: RequestContext;
  readonly queue: EventQueue;
}

/** How a turn is to be run with a connection. */
interface Plan extends Pick<TurnOptions, 'modelProvider' | 'modelName' | 'dialect' | 'settings' | 'tools'> {
  readonly instructions: string;
  /** Settles a refusal of summaries of the reasoning; null where none are asked for. */
  readonly withoutSummaries: (() => void) | null;
}

/**
 * Makes the handler that answers user turns. Its events go to the pipeline as they come; a failure ends the open items
 * with what they hold and is thrown as a {@link StreamError} with a sentence for the person.
 */
export function createAssistant(options: AssistantOptions): Respond<RequestContext> {
  const limits: Limits = { ...DEFAULT_LIMITS, ...options.limits };
  const connect = connector({
    fetch: options.fetch,
    idleMs: limits.idleMs,
    userAgent: options.version === undefined ? 'Foyer' : `Foyer/${options.version}`,
  });
  const log = options.log ?? (() => undefined);
  const now = options.now ?? (() => new Date());

  const plan = (
    config: AssistantConfig & Omit<TurnGrant, 'connection'>,
    sdk: Sdk,
    context: RequestContext,
  ): Plan => {
    const { connection, meter, allowsTool } = config;
    const instructions = systemPrompt(config.instructions, context.locale);
    if (connection.kind === 'guide') {
      const model = guideModel({ locale: context.locale, paceMs: options.guidePaceMs ?? 12 });
      return {
        modelProvider: () => ({ getModel: () => model }),
        modelName: model.name,
        dialect: 'plain',
        settings: {},
        tools: [guideTool],
        instructions,
        withoutSummaries: null,
      };
    }
    const provider = connect(connection, sdk);
    return {
      modelProvider: (onEvent) => provider.modelProvider({ meter, onEvent }),
      modelName: connection.model,
      dialect: connection.mode,
      settings: provider.settings(),
      tools: (options.tools ?? []).filter(({ name }) => allowsTool?.(name) ?? true),
      instructions,
      withoutSummaries: provider.withoutSummaries,
    };
  };

  const attempt = async (
    { thread, message, begins, context, signal, queue }: AnswerOptions,
    { historyCharacters, isFirst }: Attempt,
  ): Promise<{ outcome: TurnOutcome; next: Attempt | null }> => {
    const [sdk, config] = await Promise.all([loadSdk(), options.config()]);
    const budget = { items: limits.historyItems, characters: historyCharacters };
    const history = await loadHistory(options.store, thread.id, budget, context, message, begins);
    const started = performance.now();
    const choices = choicesOf(history.items);
    const grant = await grantFor(options, { config, choices, isFirst, context });
    const { connection } = grant;
    const { withoutSummaries, ...turn } = plan({ ...config, ...grant }, sdk, context);
    // While a turn goes on with a result, a tool that was chosen has been called.
    const toolChoice = message === null ? null : chosenTool(choices, connection, turn.tools);
    const { attachmentParts, imageForModel } = options;
    const input = new AssistantInput({
      tools: turn.tools,
      ...(imageForModel === undefined ? {} : { image: (url) => imageForModel(url, context) }),
      ...(attachmentParts === undefined
        ? {}
        : { attachment: (attachment) => attachmentParts(attachment, { dialect: turn.dialect, context }) }),
    });
    const turnOptions: TurnOptions = {
      ...turn,
      settings: toolChoice === null ? turn.settings : { ...turn.settings, toolChoice },
      sdk,
      input: toSdkInput(await input.toModelInput(history.items)),
      chat: new AgentContext({
        thread,
        store: options.store,
        requestContext: context,
        workflowItem: workflowToResume(history.items.slice(-2).reverse()),
        now,
      }),
      converter: new AssistantConverter(turn.tools, context, thread, options.storeImage),
      signal,
      limits,
    };
    const outcome = ofKeyOwner(await runTurn(turnOptions, queue), grant);
    log(logLine(connection, outcome, performance.now() - started));
    return { outcome, next: nextAttempt(outcome, history, withoutSummaries) };
  };

  /** Writes the whole answer to the queue. @throws {StreamError} after what there was of it */
  const answer = async (turn: AnswerOptions): Promise<void> => {
    const { context, signal } = turn;
    let planned: Attempt = { historyCharacters: limits.historyCharacters, isFirst: true };
    try {
      for (;;) {
        const { outcome, next } = await attempt(turn, planned);
        if (next === null || signal.aborted) {
          if (outcome.kind === 'failed') throw toStreamError(outcome, context);
          return;
        }
        planned = next;
      }
    } catch (error) {
      throw error instanceof ModelProblem
        ? toStreamError({ problem: error, partial: false }, context)
        : error;
    }
  };

  return (thread, message, context, signal, begins = false) => {
    const queue = eventQueue();
    const stop = new AbortController();
    const halt = () => {
      signal.removeEventListener('abort', halt);
      queue.discard();
      stop.abort();
    };
    if (signal.aborted) halt();
    else {
      signal.addEventListener('abort', halt, { once: true });
      nameThread(thread, message);
      answer({ thread, message, begins, context, signal: stop.signal, queue }).then(
        () => queue.end(),
        (error: unknown) => queue.end(error),
      );
    }
    return queue.read(halt);
  };
}

/** The pipeline notices the change, saves it and tells the client. */
function nameThread(thread: ThreadMetadata, message: UserMessageItem | null): void {
  if (message === null || (thread.title ?? '') !== '') return;
  const title = titleFrom(message);
  if (title !== null) thread.title = title;
}

/** Fewer characters of history than this are not worth sending. */
const MIN_HISTORY = 1_000;

/** Some refusals can be helped without anybody: when nothing was shown yet, the turn is run again. */
function nextAttempt(
  outcome: TurnOutcome,
  history: History,
  withoutSummaries: (() => void) | null,
): Attempt | null {
  if (outcome.kind !== 'failed' || !outcome.silent) return null;
  if (outcome.problem.kind === 'summaries-refused' && withoutSummaries !== null) {
    withoutSummaries();
    return { historyCharacters: history.characters, isFirst: false };
  }
  // With the newest message alone there is nothing left to leave out.
  if (outcome.problem.kind !== 'context-too-long' || history.items.length < 2) return null;
  const quarter = Math.floor(history.characters / 4);
  return { historyCharacters: quarter < MIN_HISTORY ? 0 : quarter, isFirst: false };
}

/** Whoever uses a key of their own has nobody else to ask about it. */
function ofKeyOwner(outcome: TurnOutcome, { keyOwner }: TurnGrant): TurnOutcome {
  if (keyOwner !== 'person' || outcome.kind !== 'failed') return outcome;
  const { kind, status } = outcome.problem;
  if (kind !== 'key-refused' && kind !== 'forbidden' && kind !== 'quota') return outcome;
  return { ...outcome, problem: new ModelProblem('own-key-refused', status) };
}

function toStreamError(
  { problem, partial }: Pick<Extract<TurnOutcome, { kind: 'failed' }>, 'problem' | 'partial'>,
  context: RequestContext,
): StreamError {
  return new StreamError({
    code: 'custom',
    message: describeProblem(problem.kind, context, partial),
    allowRetry: mayRetry(problem.kind),
    cause: problem,
  });
}

function logLine(connection: Connection, outcome: TurnOutcome, elapsedMs: number): string {
  const mode = connection.kind === 'guide' ? 'guide' : connection.mode;
  const end = outcome.kind === 'failed' ? `failed: ${outcome.problem.message}` : outcome.kind;
  const { usage } = outcome;
  const tokens = `${usage.requests} calls, ${usage.inputTokens} tokens in, ${usage.outputTokens} tokens out`;
  return `answer (${mode}) ${end} after ${Math.round(elapsedMs)} ms, ${tokens}`;
}
