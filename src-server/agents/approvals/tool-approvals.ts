/** Tools that need a person's permission (protocol §8.1, agents.md §1.3-12): asking, and going on with the answer. */
import type { Agent, RunState } from '@openai/agents-core';
import {
  type Action,
  isHiddenItem,
  type ThreadItem,
  type ThreadStreamEvent,
  type WidgetItem,
} from '../../../src-shared/chatkit/index.ts';
import { NotFoundError } from '../../chatkit/store.ts';
import type { Locale } from '../../context.ts';
import type { AgentContext } from '../bridge/agent-context.ts';
import { loadSdk } from '../sdk.ts';
import { type ApprovalClick, approvalWidget, readApprovalClick } from './approval-widget.ts';
import { type ApprovalCall, type PausedRun, readPausedRun, stateOf } from './paused-run.ts';

type HiddenContextItem = Extract<ThreadItem, { type: 'hidden_context_item' }>;

/**
 * Keeps a run that waits, and asks the person. The run is on disk before anybody can answer.
 *
 * @param calls those of the run's interruptions
 */
export function askForApproval<Context>(
  context: AgentContext<Context>,
  run: { readonly state?: unknown },
  calls: readonly ApprovalCall[],
  locale: Locale,
): ThreadStreamEvent[] {
  const widgetId = context.newId('message');
  const content: PausedRun = {
    type: 'foyer.paused_run',
    widget_id: widgetId,
    state: stateOf(run),
    calls: [...calls],
  };
  const base = { thread_id: context.thread.id, created_at: context.now().toISOString() };
  const kept: HiddenContextItem = {
    ...base,
    type: 'hidden_context_item',
    id: context.newId('message'),
    content,
  };
  const widget = approvalWidget({ run: kept.id, calls, locale, state: 'asking' });
  return [
    { type: 'thread.item.done', item: kept },
    { type: 'thread.item.done', item: { ...base, type: 'widget', id: widgetId, widget } },
  ];
}

/** What an action means for the runs that wait. */
export type ApprovalAnswer =
  /** The action has nothing to do with approvals. */
  | { readonly kind: 'unrelated' }
  /** Nothing goes on yet: another call is undecided, or it was too late. Send the events. */
  | { readonly kind: 'noted'; readonly events: readonly ThreadStreamEvent[] }
  /** Everything is decided. Send the events, then run the agent with what `resume` gives. */
  | {
      readonly kind: 'decided';
      readonly events: readonly ThreadStreamEvent[];
      /**
       * The run as it was, with the person's answers in it.
       *
       * @param agent the agent that was asked, by the same name and with the same tools
       * @throws {Error} when the SDK cannot read the state any more
       */
      readonly resume: <A extends Agent<unknown, 'text'>>(agent: A) => Promise<RunState<unknown, A>>;
    };

/** A run must not go on twice: tools that need permission do things. Make one for all requests of a server. */
export class ToolApprovals {
  readonly #locale: Locale;
  /** Runs that are being answered right now. */
  readonly #busy = new Set<string>();

  /** @param locale language of the widget that asks */
  constructor(locale: Locale = 'en') {
    this.#locale = locale;
  }

  /**
   * Reads the action of a widget. What the person said is on disk when this resolves, and a decided run is never given
   * out a second time, not even after a crash.
   *
   * @param sender the widget that was clicked, as the store has it
   */
  async answer<Context>(
    context: AgentContext<Context>,
    sender: WidgetItem | null,
    action: Action,
  ): Promise<ApprovalAnswer> {
    const click = readApprovalClick(action);
    if (click === null || sender === null) return { kind: 'unrelated' };
    if (this.#busy.has(click.run)) return { kind: 'noted', events: [] };
    this.#busy.add(click.run);
    try {
      return await this.#answer(context, sender, click);
    } finally {
      this.#busy.delete(click.run);
    }
  }

  async #answer<Context>(
    context: AgentContext<Context>,
    sender: WidgetItem,
    click: ApprovalClick,
  ): Promise<ApprovalAnswer> {
    const kept = await load(context, click.run);
    const paused = kept === null ? null : readPausedRun(kept);
    if (kept === null || paused === null || paused.widget_id !== sender.id) return { kind: 'unrelated' };
    const { state } = paused;
    const call = paused.calls[click.call];
    if (state === null || call === undefined || call.decision !== 'open')
      return { kind: 'noted', events: [] };

    const show = (calls: readonly ApprovalCall[], how: 'asking' | 'over'): ThreadStreamEvent => {
      const widget = approvalWidget({ run: kept.id, calls, locale: this.#locale, state: how });
      return { type: 'thread.item.replaced', item: { ...sender, widget } };
    };
    const keep = (content: PausedRun) =>
      context.store.saveItem(context.thread.id, { ...kept, content }, context.requestContext);

    if (!(await isNewest(context, sender))) {
      await keep({ ...paused, state: null });
      return { kind: 'noted', events: [show(paused.calls, 'over')] };
    }
    const calls = paused.calls.map((each, index) =>
      index === click.call
        ? { ...each, decision: click.allow ? ('allowed' as const) : ('refused' as const) }
        : each,
    );
    const decided = calls.every(({ decision }) => decision !== 'open');
    await keep({ ...paused, calls, state: decided ? null : state });
    const events = [show(calls, 'asking')];
    if (!decided) return { kind: 'noted', events };
    return { kind: 'decided', events, resume: (agent) => restore(agent, state, calls, context) };
  }
}

async function load<Context>(context: AgentContext<Context>, id: string): Promise<HiddenContextItem | null> {
  try {
    const item = await context.store.loadItem(context.thread.id, id, context.requestContext);
    return item.type === 'hidden_context_item' ? item : null;
  } catch (error) {
    if (error instanceof NotFoundError) return null;
    throw error;
  }
}

/** How many of the newest items are looked at; after a question come only notes that nobody sees. */
const LOOK_BACK = 10;

/** Whether nothing was said after a widget: an old question must not be answered in a conversation that went on. */
async function isNewest<Context>(context: AgentContext<Context>, widget: WidgetItem): Promise<boolean> {
  const page = { limit: LOOK_BACK, after: null, order: 'desc' } as const;
  const { data } = await context.store.loadThreadItems(context.thread.id, page, context.requestContext);
  return data.find((item) => !isHiddenItem(item))?.id === widget.id;
}

async function restore<A extends Agent<unknown, 'text'>>(
  agent: A,
  text: string,
  calls: readonly ApprovalCall[],
  context: unknown,
): Promise<RunState<unknown, A>> {
  const { core } = await loadSdk();
  const state = await core.RunState.fromStringWithContext(agent, text, new core.RunContext(context), {
    contextStrategy: 'replace',
  });
  for (const [index, interruption] of state.getInterruptions().entries()) {
    if (calls[index]?.decision === 'allowed') state.approve(interruption);
    else state.reject(interruption);
  }
  return state;
}
