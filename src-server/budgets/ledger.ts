/**
 * The ledger of model requests. The worst case is written before a request is sent, in one synchronous transaction with
 * the look at what is left; afterwards it becomes what the request cost. So parallel answers cannot overdraw, and
 * neither can a process that dies in between. Writes do not wait for the disk: a failure of the power may take the
 * requests of the last moments, which nobody can bring about from within.
 */
import { randomUUID } from 'node:crypto';
import { and, eq, gte, lte, sql } from 'drizzle-orm';
import { type AccountsDatabase, unflushedIn } from '../accounts/database.ts';
import { modelCalls, usageDays } from '../database/accounts/schema.ts';
import { type Calendar, dayOf, firstOfMonth } from './calendar.ts';
import { affordableOutput, costOf, dearestInput, type Prices, type Tokens } from './money.ts';

/** What a person may use; null is without limit. Money in millionths of the currency. */
export interface Limits {
  readonly tokensPerDay: number | null;
  readonly moneyPerMonth: number | null;
}

/** Whose key a request is sent with. */
export type KeyOwner = 'installation' | 'person';

/** A request that is about to be sent. */
export interface Intent {
  readonly userId: string;
  readonly connectionId: string;
  readonly modelId: string;
  /** With the person's own key it costs the installation nothing: no money is reserved, charged or asked for. */
  readonly keyOwner: KeyOwner;
  readonly prices: Prices;
  /** More tokens than this the input cannot have. */
  readonly inputTokens: number;
  /** What the answer may have at most; null where neither the request nor the model says. */
  readonly outputTokens: number | null;
}

/** How a request ended. */
export type CallEnd =
  /** The server told what it used. */
  | { readonly kind: 'reported'; readonly tokens: Tokens }
  /** It was stopped before the server told; this is the most that it can have used by then. */
  | { readonly kind: 'estimated'; readonly outputTokens: number }
  /** Nobody knows: the worst case stays. */
  | { readonly kind: 'worst-case' }
  /** The server refused it, or was never reached. */
  | { readonly kind: 'free' };

export type Reservation =
  | { readonly ok: true; readonly id: string; readonly outputTokens: number }
  | { readonly ok: false; readonly exhausted: 'day' | 'month' };

/** What a person has used up, open requests at their worst case. */
export interface Used {
  readonly tokensToday: number;
  readonly moneyThisMonth: number;
}

export interface Ledger {
  /** @throws nothing about budgets: a refusal is a value */
  reserve(intent: Intent, limits: Limits): Reservation;
  /** Once; a request that has ended already stays as it is. */
  settle(id: string, end: CallEnd): void;
  used(userId: string): Used;
  /** Settles what a process that died left open, at its worst case. @returns how many there were */
  settleAbandoned(): number;
}

/** Asked for where nothing says how long an answer can be. */
const OUTPUT_WITHOUT_LIMIT = 32_768;

/** Fewer tokens than this are no answer. */
const SHORTEST_ANSWER = 16;

const NOTHING_USED: Used = { tokensToday: 0, moneyThisMonth: 0 };

/** What a request with somebody's own key costs the installation. */
const FREE: Prices = { input: 0, cached: 0, output: 0 };

type Row = typeof modelCalls.$inferSelect;

/** The ledger of a data folder. Its methods are transactions of their own: not to be called within another. */
export function openLedger(database: AccountsDatabase, calendar: Calendar, now: () => number): Ledger {
  const atomically = unflushedIn(database);
  const $ = sql.placeholder;
  const sumsOfMonth = database
    .select({
      tokensToday: sql<number>`coalesce(sum(iif(${usageDays.day} = ${$('day')}, ${usageDays.inputTokens} + ${usageDays.outputTokens}, 0)), 0)`,
      moneyThisMonth: sql<number>`coalesce(sum(${usageDays.amount}), 0)`,
    })
    .from(usageDays)
    .where(
      and(eq(usageDays.userId, $('userId')), gte(usageDays.day, $('first')), lte(usageDays.day, $('day'))),
    )
    .prepare();
  const addToDay = database
    .insert(usageDays)
    .values({
      userId: $('userId'),
      day: $('day'),
      connectionId: $('connectionId'),
      modelId: $('modelId'),
      calls: $('calls'),
      inputTokens: $('input'),
      cachedTokens: $('cached'),
      outputTokens: $('output'),
      amount: $('amount'),
      ownKeyCalls: $('ownKeyCalls'),
      ownKeyTokens: $('ownKeyTokens'),
    })
    .onConflictDoUpdate({
      target: [usageDays.userId, usageDays.day, usageDays.connectionId, usageDays.modelId],
      set: {
        calls: sql`${usageDays.calls} + excluded.calls`,
        inputTokens: sql`${usageDays.inputTokens} + excluded.input_tokens`,
        cachedTokens: sql`${usageDays.cachedTokens} + excluded.cached_tokens`,
        outputTokens: sql`${usageDays.outputTokens} + excluded.output_tokens`,
        amount: sql`${usageDays.amount} + excluded.amount`,
        ownKeyCalls: sql`${usageDays.ownKeyCalls} + excluded.own_key_calls`,
        ownKeyTokens: sql`${usageDays.ownKeyTokens} + excluded.own_key_tokens`,
      },
    })
    .prepare();
  const insertCall = database
    .insert(modelCalls)
    .values({
      id: $('id'),
      userId: $('userId'),
      connectionId: $('connectionId'),
      modelId: $('modelId'),
      keyOwner: $('keyOwner'),
      day: $('day'),
      state: $('state'),
      startedAt: $('startedAt'),
      endedAt: $('endedAt'),
      inputTokens: $('inputTokens'),
      cachedTokens: $('cachedTokens'),
      outputTokens: $('outputTokens'),
      amount: $('amount'),
      inputPrice: $('inputPrice'),
      cachedPrice: $('cachedPrice'),
      outputPrice: $('outputPrice'),
    })
    .prepare();
  const callById = database
    .select()
    .from(modelCalls)
    .where(eq(modelCalls.id, $('id')))
    .prepare();
  const endCall = database
    .update(modelCalls)
    .set({
      state: sql`${$('state')}`,
      endedAt: sql`${$('endedAt')}`,
      inputTokens: sql`${$('input')}`,
      cachedTokens: sql`${$('cached')}`,
      outputTokens: sql`${$('output')}`,
      amount: sql`${$('amount')}`,
    })
    .where(eq(modelCalls.id, $('id')))
    .prepare();

  const usedOn = (userId: string, day: string): Used =>
    sumsOfMonth.get({ userId, day, first: firstOfMonth(day) }) ?? NOTHING_USED;

  /** Adds the difference to the sums of the day on which the request is charged. */
  const add = (call: Row, calls: number, difference: Tokens, amount: number): void => {
    const { userId, day, connectionId, modelId } = call;
    const isOwn = call.keyOwner === 'person';
    const own = {
      ownKeyCalls: isOwn ? calls : 0,
      ownKeyTokens: isOwn ? difference.input + difference.output : 0,
    };
    addToDay.run({ userId, day, connectionId, modelId, calls, amount, ...difference, ...own });
  };

  const end = (call: Row, how: CallEnd): void => {
    const reserved = { input: call.inputTokens, cached: call.cachedTokens, output: call.outputTokens };
    const tokens = tokensOf(how, reserved);
    const prices = { input: call.inputPrice, cached: call.cachedPrice, output: call.outputPrice };
    // The most that was reserved is the most that is charged: else a server that lies could overdraw.
    const priced = how.kind === 'reported' ? prices : dearestInput(prices);
    const amount = Math.min(call.amount, costOf(tokens, priced));
    endCall.run({ id: call.id, state: how.kind, endedAt: now(), amount, ...tokens });
    const difference = {
      input: tokens.input - reserved.input,
      cached: tokens.cached - reserved.cached,
      output: tokens.output - reserved.output,
    };
    add(call, 0, difference, amount - call.amount);
  };

  return {
    reserve: (intent, limits) =>
      atomically(() => {
        const day = dayOf(calendar.advance());
        const isOwn = intent.keyOwner === 'person';
        const moneyPerMonth = isOwn ? null : limits.moneyPerMonth;
        const isLimited = limits.tokensPerDay !== null || moneyPerMonth !== null;
        const used = isLimited ? usedOn(intent.userId, day) : NOTHING_USED;
        const prices = isOwn ? FREE : intent.prices;
        const worst = dearestInput(prices);
        const input = { input: intent.inputTokens, cached: 0, output: 0 };
        const tokensLeft = (limits.tokensPerDay ?? Number.POSITIVE_INFINITY) - used.tokensToday;
        const moneyLeft = (moneyPerMonth ?? Number.POSITIVE_INFINITY) - used.moneyThisMonth;
        const byMoney =
          moneyLeft === Number.POSITIVE_INFINITY
            ? moneyLeft
            : affordableOutput(moneyLeft - costOf(input, worst), worst);
        const byTokens = tokensLeft - intent.inputTokens;
        const wanted = intent.outputTokens ?? OUTPUT_WITHOUT_LIMIT;
        const least = Math.min(SHORTEST_ANSWER, wanted);
        if (byMoney < least) return { ok: false, exhausted: 'month' } as const;
        if (byTokens < least) return { ok: false, exhausted: 'day' } as const;
        const outputTokens = Math.min(wanted, byMoney, byTokens);
        const amount = costOf({ ...input, output: outputTokens }, worst);
        const call: Row = {
          id: `mcl_${randomUUID().replaceAll('-', '')}`,
          userId: intent.userId,
          connectionId: intent.connectionId,
          modelId: intent.modelId,
          keyOwner: intent.keyOwner,
          day,
          state: 'open',
          startedAt: now(),
          endedAt: null,
          inputTokens: intent.inputTokens,
          cachedTokens: 0,
          outputTokens,
          amount,
          inputPrice: prices.input,
          cachedPrice: prices.cached,
          outputPrice: prices.output,
        };
        insertCall.run(call);
        add(call, 1, { ...input, output: outputTokens }, amount);
        return { ok: true, id: call.id, outputTokens } as const;
      }),

    settle: (id, how) =>
      atomically(() => {
        const call = callById.get({ id });
        if (call?.state === 'open') end(call, how);
      }),

    used: (userId) => usedOn(userId, dayOf(calendar.look())),

    settleAbandoned: () =>
      atomically(() => {
        const open = database.select().from(modelCalls).where(eq(modelCalls.state, 'open')).all();
        for (const call of open) end(call, { kind: 'worst-case' });
        return open.length;
      }),
  };
}

function tokensOf(end: CallEnd, reserved: Tokens): Tokens {
  switch (end.kind) {
    case 'reported':
      return end.tokens;
    case 'estimated':
      return { ...reserved, output: Math.min(reserved.output, end.outputTokens) };
    case 'worst-case':
      return reserved;
    case 'free':
      return { input: 0, cached: 0, output: 0 };
    default:
      return end satisfies never;
  }
}
