/** The one place where a turn is let through: rate, model, tools and budget of the person who asks. */
import { type Admit, type CallMeter, ModelProblem } from '../agents/index.ts';
import type { Budgets, Limits } from '../budgets/index.ts';
import type { Connections, Offer, Offered } from '../connections/index.ts';
import type { RequestContext } from '../context.ts';
import type { Policies } from './policies.ts';
import { type RequestRate, requestRate } from './request-rate.ts';

export interface AdmissionOptions {
  readonly policies: Policies;
  readonly budgets: Pick<Budgets, 'ledger'>;
  readonly connections: Pick<Connections, 'offered' | 'resolve' | 'noteUse'>;
  readonly rate?: RequestRate;
  readonly log?: (line: string) => void;
}

type Person = Pick<RequestContext, 'userId' | 'role'>;

/** Who may choose which models, and what a turn of theirs may use. */
export function admission(options: AdmissionOptions) {
  const { policies, connections, budgets } = options;
  const rate = options.rate ?? requestRate();

  const isAllowed = (person: Person) => {
    const { models } = policies.of(person.userId, person.role);
    return ({ model }: Offered) => models === null || models.includes(model.id);
  };

  /** What a person can choose among, the usual one first. */
  const modelsFor = async (person: Person) =>
    (await connections.offered()).filter(isAllowed(person)).map(({ model }) => model);

  /**
   * The model of a turn: the one that was asked for, else the usual one. Null where nothing is set up.
   *
   * @throws {ModelProblem} when the person may not use it
   */
  const choose = async (asked: string | null, person: Person): Promise<Offered | null> => {
    const offered = await connections.offered();
    const allowed = offered.filter(isAllowed(person));
    const chosen = asked === null ? allowed[0] : allowed.find(({ model }) => model.id === asked);
    if (chosen !== undefined) return chosen;
    if (offered.length === 0) return null;
    throw new ModelProblem('model-not-offered');
  };

  const admit: Admit = async ({ connection, model, isFirst }, context) => {
    const policy = policies.of(context.userId, context.role);
    if (isFirst && !rate.take(context.userId, policy.requestsPerMinute)) throw new ModelProblem('too-fast');
    const chosen = await choose(model, context);
    // The guide is no model that could be forbidden: it answers while nothing is set up.
    if (chosen === null && connection.kind === 'guide') return { connection };
    const ownKeyOf = policy.personalKeys ? context.userId : null;
    const offer = chosen === null ? null : await connections.resolve(chosen, ownKeyOf);
    if (offer === null) throw new ModelProblem('model-not-offered');
    connections.noteUse(offer, context.userId);
    return {
      connection: offer.connection,
      keyOwner: offer.keyOwner,
      meter: meterFor(options, context, offer),
      allowsTool: (name) => policy.tools === null || policy.tools.includes(name),
    };
  };

  /**
   * Whether a turn would be let through as things are; counts and reserves nothing. The turn itself is asked again.
   *
   * @param model the one that the person chose; null for the usual one
   * @throws {ModelProblem} why it would not
   */
  const check = async (model: string | null, context: Pick<RequestContext, 'userId' | 'role'>) => {
    const policy = policies.of(context.userId, context.role);
    if (!rate.fits(context.userId, policy.requestsPerMinute)) throw new ModelProblem('too-fast');
    const chosen = await choose(model, context);
    // The guide answers, if it is that which is set up: the turn knows.
    if (chosen === null) return;
    const { tokensPerDay } = policy;
    const isOwn =
      policy.personalKeys &&
      policy.moneyPerMonth !== null &&
      (await connections.resolve(chosen, context.userId))?.keyOwner === 'person';
    const moneyPerMonth = isOwn ? null : policy.moneyPerMonth;
    if (moneyPerMonth === null && tokensPerDay === null) return;
    if (moneyPerMonth !== null && !isPriced(chosen.model)) throw new ModelProblem('no-price');
    const used = budgets.ledger.used(context.userId);
    if (moneyPerMonth !== null && used.moneyThisMonth >= moneyPerMonth)
      throw new ModelProblem('budget-month');
    if (tokensPerDay !== null && used.tokensToday >= tokensPerDay) throw new ModelProblem('budget-day');
  };

  return { admit, modelsFor, check };
}

/** Reserves each request in the ledger, by the rules that hold when it is sent. */
function meterFor(
  { budgets, policies, log }: AdmissionOptions,
  { userId, role }: Pick<RequestContext, 'userId' | 'role'>,
  { connectionId, model, keyOwner }: Offer,
): CallMeter {
  const { ledger } = budgets;
  const { input_price, cached_price, output_price } = model;
  const prices = {
    input: input_price ?? 0,
    cached: cached_price ?? input_price ?? 0,
    output: output_price ?? 0,
  };
  return {
    begin(size) {
      const { tokensPerDay, moneyPerMonth } = policies.of(userId, role);
      // What a person pays for themselves is no matter of the installation's money.
      const limits: Limits = { tokensPerDay, moneyPerMonth: keyOwner === 'person' ? null : moneyPerMonth };
      const isLimited = limits.tokensPerDay !== null || limits.moneyPerMonth !== null;
      if (limits.moneyPerMonth !== null && !isPriced(model)) return { refused: 'no-price' };
      const wanted = least(size.outputTokens, model.max_output_tokens);
      const reserved = ledger.reserve(
        {
          userId,
          connectionId,
          modelId: model.id,
          keyOwner,
          prices,
          inputTokens: size.inputTokens,
          outputTokens: wanted,
        },
        limits,
      );
      if (!reserved.ok) return { refused: reserved.exhausted === 'day' ? 'budget-day' : 'budget-month' };
      return {
        outputTokens: isLimited ? reserved.outputTokens : wanted,
        end: (how) => {
          try {
            ledger.settle(reserved.id, how);
          } catch (error) {
            // It stays reserved at its worst case, which is the safe side.
            log?.(`a request could not be settled: ${error instanceof Error ? error.name : 'unknown'}`);
          }
        },
      };
    },
  };
}

/** What it costs can be known before it is asked. */
function isPriced({ input_price, output_price }: Offer['model']): boolean {
  return input_price !== null && output_price !== null;
}

function least(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.min(a, b);
}
