/** The kinds that need no server: validation, widgets, model input. */
import type { z } from 'zod';
import { newId } from '../../../src-server/chatkit/ids.ts';
import { diffWidget, streamWidget, WidgetTemplate } from '../../../src-server/chatkit/index.ts';
import { toWire } from '../../../src-server/chatkit/wire.ts';
import { ThreadItemConverter } from '../../../src-server/chatkit-server.ts';
import {
  authoredWidgetSchema,
  chatKitRequestSchema,
  threadItemSchema,
  widgetRootSchema,
} from '../../../src-shared/chatkit/index.ts';
import type { CaseOf } from '../cases.ts';
import { Bindings, differences } from '../match.ts';
import type { Outcome } from '../run.ts';
import { hasActionWithoutType } from '../stricter-rules.ts';

const compare = (expected: unknown, actual: unknown, bindings = new Bindings()): Outcome => ({
  found: differences(expected, actual, bindings),
  rules: [],
});

export function runValidation({ request, expect }: CaseOf<'request_validation'>): Outcome {
  const parsed = chatKitRequestSchema.safeParse(request);
  const actual = parsed.success
    ? { accepted: true }
    : { accepted: false, at: [...new Set(parsed.error.issues.map((issue) => pathOf(issue)))].sort() };
  if (expect.accepted && hasActionWithoutType(request)) {
    const stricter = { accepted: false, at: ['params.action.type'] };
    return { ...compare(stricter, actual), rules: ['actions have a type'] };
  }
  if (expect.accepted) return compare({ accepted: true }, actual);
  const type =
    typeof request === 'object' && request !== null && 'type' in request ? String(request.type) : '';
  const at = expect.at?.map((path) => recordedPath(path, type)).sort();
  return compare(
    { accepted: false, ...(at === undefined ? {} : { at }) },
    at === undefined ? { accepted: actual.accepted } : actual,
  );
}

/** Where a discriminator is wrong, recordings name the object and zod the field. */
function pathOf(issue: z.core.$ZodIssue): string {
  const path = issue.code === 'invalid_union' ? issue.path.slice(0, -1) : issue.path;
  return path.join('.');
}

/** Recorded paths begin with the operation and name the member of a union that they went into. */
function recordedPath(path: string, type: string): string {
  const inside = path.startsWith(`${type}.`) ? path.slice(type.length + 1) : path;
  return inside.replaceAll(/(\.content\.\d+)\.input_(?:text|tag)(?=\.|$)/g, '$1');
}

export function runWidgetDiff({ before, after, dynamic, expect }: CaseOf<'widget_diff'>): Outcome {
  const schema = dynamic ? authoredWidgetSchema : widgetRootSchema;
  const diff = () => toWire(diffWidget(schema.parse(before), schema.parse(after)));
  return 'error' in expect ? expectError(diff) : compare(expect.updates, diff());
}

export async function runWidgetStream(test: CaseOf<'widget_stream'>): Promise<Outcome> {
  const states = test.states.map((state) => widgetRootSchema.parse(state));
  const [first] = states;
  const growing = (async function* () {
    yield* states;
  })();
  const options = { id: newId('message'), copyText: test.copy_text ?? null };
  const source = test.static && first !== undefined ? first : growing;
  const events: unknown[] = [];
  for await (const event of streamWidget({ id: test.thread_id }, source, options)) events.push(toWire(event));
  return compare(test.expect.events, events);
}

export function runWidgetTemplate({ definition, data, expect }: CaseOf<'widget_template'>): Outcome {
  const build = () => WidgetTemplate.parse(definition).build(data ?? null);
  return 'error' in expect ? expectError(build) : compare(expect.widget, build());
}

export async function runModelInput({ items, expect }: CaseOf<'to_model_input'>): Promise<Outcome> {
  const convert = () =>
    new ThreadItemConverter().toResponsesInput(items.map((item) => threadItemSchema.parse(item)));
  if (!('error' in expect)) return compare(expect.input, await convert());
  return convert().then(
    (input) => ({ found: [{ path: '', expected: 'an error', actual: input }], rules: [] }),
    () => ({ found: [], rules: [] }),
  );
}

function expectError(work: () => unknown): Outcome {
  try {
    return { found: [{ path: '', expected: 'an error', actual: work() }], rules: [] };
  } catch {
    return { found: [], rules: [] };
  }
}
