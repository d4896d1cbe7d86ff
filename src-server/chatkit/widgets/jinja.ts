/** Jinja as templates need it: what is not defined is an error, and nothing runs for ever. */
import { isDeepStrictEqual } from 'node:util';
import { Environment, Interpreter, type parse } from '@huggingface/jinja';
import { growthLimits, MAX_CHARACTERS, MAX_LIST } from './jinja-limits.ts';

type Program = ReturnType<typeof parse>;
type Evaluate = Interpreter['evaluate'];
type Statement = NonNullable<Parameters<Evaluate>[0]>;
type Value = ReturnType<Evaluate>;

/** Steps that one rendering may take; a widget with a thousand rows takes some ten thousand. */
const MAX_STEPS = 200_000;

/**
 * Renders a parsed template.
 *
 * @throws {Error} for a name that is not defined, for too much work, and for what the language itself refuses
 */
export function renderStrictly(program: Program, data: Readonly<Record<string, unknown>>): string {
  const environment = new Environment();
  for (const [name, value] of Object.entries({ ...GLOBALS, ...data })) environment.set(name, value);
  const { value } = new StrictInterpreter(environment).run(program);
  if (typeof value !== 'string') throw new Error('the template gives no text');
  return value;
}

const GLOBALS: Readonly<Record<string, unknown>> = {
  true: true,
  True: true,
  false: false,
  False: false,
  none: null,
  None: null,
  range: (first: number, last?: number, step = 1) => {
    const [from, to] = last === undefined ? [0, first] : [first, last];
    const length = Math.max(0, Math.ceil((to - from) / step));
    if (!Number.isInteger(length) || length > MAX_LIST) throw new Error('range: too long');
    return Array.from({ length }, (_, index) => from + index * step);
  },
};

/** What may be asked about something that is not defined. */
const FORGIVING_FILTERS: ReadonlySet<string> = new Set(['default', 'd']);

class StrictInterpreter extends Interpreter {
  #steps = 0;
  readonly #growth = growthLimits();
  /** The one operand that may be undefined. */
  #forgiven: Statement | null = null;

  override evaluate(statement: Statement | undefined, environment: Environment): Value {
    this.#steps += 1;
    if (this.#steps > MAX_STEPS) throw new Error('the template takes too many steps');
    if (statement === undefined) return super.evaluate(statement, environment);
    const forgiven = statement === this.#forgiven;
    this.#forgiven = operandThatMayBeMissing(statement);
    this.#growth.expect(statement);
    const value = this.#compareLists(statement, environment) ?? super.evaluate(statement, environment);
    if (typeof value.value === 'string' && value.value.length > MAX_CHARACTERS) {
      throw new Error('the template gives too long a text');
    }
    if (Array.isArray(value.value) && value.value.length > MAX_LIST) {
      throw new Error('the template gives too long a list');
    }
    this.#growth.check(statement, value);
    if (!forgiven && value.type === 'UndefinedValue' && mayGiveNothing(statement)) {
      throw new Error(`${nameOf(statement)} is not defined`);
    }
    return value;
  }

  /** The library compares lists and objects by identity; in Jinja they are equal when what they hold is. */
  #compareLists(statement: Statement, environment: Environment): Value | null {
    if (statement.type !== 'BinaryExpression') return null;
    const { operator, left, right } = statement as BinaryExpression;
    if (operator.value !== '==' && operator.value !== '!=') return null;
    if (!mayHold(left) && !mayHold(right)) return null;
    const equal = isDeepStrictEqual(
      plain(this.evaluate(left, environment)),
      plain(this.evaluate(right, environment)),
    );
    return environment.lookupVariable(equal === (operator.value === '==') ? 'true' : 'false');
  }
}

interface BinaryExpression extends Statement {
  readonly operator: { readonly value: string };
  readonly left: Statement;
  readonly right: Statement;
}

/** Whether an expression can give a list or an object; what is written as text or number cannot. */
function mayHold({ type }: Statement): boolean {
  return !/^(?:String|Integer|Float)Literal$/.test(type);
}

function plain({ value }: { readonly value: unknown }): unknown {
  if (Array.isArray(value)) return value.map(plain);
  return value instanceof Map ? new Map([...value].map(([key, entry]) => [key, plain(entry)])) : value;
}

function operandThatMayBeMissing(statement: Statement): Statement | null {
  if (statement.type === 'TestExpression' && 'operand' in statement) return statement.operand as Statement;
  if (statement.type !== 'FilterExpression' || !('filter' in statement) || !('operand' in statement))
    return null;
  return FORGIVING_FILTERS.has(nameOf(statement.filter as Statement))
    ? (statement.operand as Statement)
    : null;
}

/** What gives nothing when something is missing: a name, or an inline `if` without an `else`. */
function mayGiveNothing(statement: Statement): boolean {
  return ['Identifier', 'MemberExpression', 'SelectExpression'].includes(statement.type);
}

/** The name in an identifier, a call or a member expression. */
function nameOf(statement: Statement): string {
  if ('value' in statement && typeof statement.value === 'string') return statement.value;
  if ('callee' in statement) return nameOf(statement.callee as Statement);
  if ('property' in statement) return nameOf(statement.property as Statement);
  return 'a value';
}
