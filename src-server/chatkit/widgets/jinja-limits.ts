/** Filters and methods of Jinja that make much out of little: they are refused before they take the memory. */
import type { Interpreter } from '@huggingface/jinja';

type Statement = NonNullable<Parameters<Interpreter['evaluate']>[0]>;
type Value = ReturnType<Interpreter['evaluate']>;

/** Characters of any one text. */
export const MAX_CHARACTERS = 2_000_000;

/** Entries of any one list. */
export const MAX_LIST = 10_000;

/** Spaces of one indentation. */
const MAX_INDENT = 16;

/** What an expression is used for, where that decides how large its value may be. */
type Use = 'any-filter' | 'join-operand' | 'separator' | 'indent' | 'replaced';

/** Watches the operands of one rendering. */
export interface GrowthLimits {
  /** Notes what the parts of a statement are used for; call before it is evaluated. */
  expect(statement: Statement): void;
  /** @throws {Error} when the value of a statement is too large for what it is used for */
  check(statement: Statement, value: Value): void;
}

export function growthLimits(): GrowthLimits {
  /** A property of the template, not of one evaluation, so that nothing has to be taken back. */
  const uses = new WeakMap<Statement, Use>();
  const limited = new WeakSet<Value>();

  const limitReplace = (text: Value) => {
    if (text.type !== 'StringValue' || limited.has(text)) return;
    limited.add(text);
    const replace = text.builtins.get('replace');
    if (replace?.type !== 'FunctionValue') return;
    const original = replace.value as (args: Value[], scope: unknown) => Value;
    replace.value = (args: Value[], scope: unknown): Value => {
      refuseIf(replacedLength(text, args) > MAX_CHARACTERS, 'replace gives too long a text');
      return original(args, scope);
    };
  };

  return {
    expect(statement) {
      if (statement.type === 'MemberExpression' && 'object' in statement) {
        uses.set(statement.object as Statement, 'replaced');
      } else if (statement.type === 'FilterExpression' && 'operand' in statement && 'filter' in statement) {
        const { name, args } = readFilter(statement.filter as Statement);
        uses.set(statement.operand as Statement, OPERANDS[name] ?? 'any-filter');
        const use = ARGUMENTS[name];
        if (use !== undefined) for (const arg of args) uses.set(arg, use);
      } else if (statement.type === 'FilterStatement' && 'filter' in statement) {
        // Its text is no expression, so nothing can be said about it beforehand.
        const { name } = readFilter(statement.filter as Statement);
        refuseIf(name in OPERANDS || name in ARGUMENTS, `${name} cannot be used for a block`);
      }
    },
    check(statement, value) {
      switch (uses.get(statement)) {
        case undefined:
          return;
        case 'replaced':
          return limitReplace(value);
        case 'join-operand':
          refuseIf(lengthOf(value) > MAX_LIST, 'join takes too long a text');
          return refuseIf(weigh(value) > MAX_CHARACTERS, 'join gives too long a text');
        case 'separator':
          return refuseIf(lengthOf(value) > MAX_CHARACTERS / MAX_LIST, 'join takes too long a separator');
        case 'indent':
          return refuseIf(typeof value.value === 'number' && value.value > MAX_INDENT, 'indents too much');
        case 'any-filter':
          return refuseIf(weigh(value) > MAX_CHARACTERS, 'a filter takes too much');
      }
    },
  };
}

const OPERANDS: Readonly<Partial<Record<string, Use>>> = { replace: 'replaced', join: 'join-operand' };
const ARGUMENTS: Readonly<Partial<Record<string, Use>>> = {
  join: 'separator',
  indent: 'indent',
  tojson: 'indent',
};

function refuseIf(refused: boolean, why: string): void {
  if (refused) throw new Error(why);
}

/** The name of a filter and the expressions that it is called with. */
function readFilter(filter: Statement): { readonly name: string; readonly args: readonly Statement[] } {
  if (!('callee' in filter) || !('args' in filter)) {
    return { name: 'value' in filter ? String(filter.value) : '', args: [] };
  }
  const args = (filter.args as Statement[]).map((arg) => {
    refuseIf(arg.type === 'SpreadExpression', 'a filter cannot be called with a list of arguments');
    return arg.type === 'KeywordArgumentExpression' && 'value' in arg ? (arg.value as Statement) : arg;
  });
  return { name: readFilter(filter.callee as Statement).name, args };
}

function lengthOf({ value }: Value): number {
  return typeof value === 'string' ? value.length : 0;
}

/** How long a text gets; the count of replacements is left out, as it can only make it shorter than this. */
function replacedLength(text: Value, [from, to]: readonly Value[]): number {
  const [before, old, now] = [String(text.value), String(from?.value ?? ''), String(to?.value ?? '')];
  if (now.length <= old.length) return before.length;
  let found = 0;
  const step = Math.max(1, old.length);
  for (let at = before.indexOf(old); at >= 0 && at < before.length; at = before.indexOf(old, at + step)) {
    found += 1;
  }
  return before.length + (found + 1) * (now.length - old.length);
}

/** Characters and entries in a value; stops counting where there are too many, however often parts are shared. */
function weigh(value: Value): number {
  let weight = 0;
  const open: unknown[] = [value];
  while (open.length > 0 && weight <= MAX_CHARACTERS) {
    const next = open.pop();
    const inner = typeof next === 'object' && next !== null && 'value' in next ? next.value : next;
    weight += typeof inner === 'string' ? inner.length : 1;
    if (Array.isArray(inner)) for (const entry of inner) open.push(entry);
    else if (inner instanceof Map) for (const [key, entry] of inner) open.push(key, entry);
  }
  return weight;
}
