/** The format of conformance cases (protocol §12): one JSON object per line. */
import { z } from 'zod';
import { workflowSchema } from '../../src-shared/chatkit/index.ts';

const json = z.record(z.string(), z.unknown());

/** One thing that a scripted handler does. */
const scriptOpSchema = z.discriminatedUnion('op', [
  z.object({ op: z.literal('yield'), event: json }),
  z.object({ op: z.literal('set_thread'), fields: json }),
  z.object({
    op: z.literal('raise'),
    error: z.enum(['generic', 'stream', 'custom']),
    code: z.string().optional(),
    message: z.string().optional(),
    allow_retry: z.boolean().optional(),
  }),
  z.object({ op: z.literal('client_abort') }),
  z.object({
    op: z.literal('yield_template_widget'),
    id: z.string(),
    definition: z.unknown(),
    data: json.nullish(),
  }),
]);
export type ScriptOp = z.infer<typeof scriptOpSchema>;

const scriptsSchema = z.array(z.array(scriptOpSchema));

const serverSchema = z
  .strictObject({
    respond: scriptsSchema.optional(),
    action: scriptsSchema.optional(),
    sync_action: z.object({ updated_widget: z.unknown().optional() }).optional(),
    transcribe: z.object({ text: z.string() }).optional(),
    stream_options: z.object({ allow_cancel: z.boolean() }).optional(),
    attachment_store: z.enum(['two_phase', 'direct']).optional(),
  })
  .default({});
export type ScriptedServer = z.infer<typeof serverSchema>;

const seedSchema = z
  .strictObject({
    threads: z.array(json).default([]),
    items: z.array(json.and(z.object({ thread_id: z.string() }))).default([]),
    attachments: z.array(json).default([]),
  })
  .default({ threads: [], items: [], attachments: [] });
export type Seed = z.infer<typeof seedSchema>;

const common = {
  handler_calls: z.array(json).optional(),
  store_writes: z.array(z.array(z.string())).optional(),
  reference_error: z.string().optional(),
};
const stepExpectSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('sse'),
    events: z.array(json),
    stream_end: z.enum(['complete', 'server_aborted', 'client_aborted']),
    ...common,
  }),
  z.strictObject({ kind: z.literal('json'), body: z.unknown(), ...common }),
  z.strictObject({ kind: z.literal('rejected'), reason: z.string().optional(), ...common }),
]);
export type StepExpect = z.infer<typeof stepExpectSchema>;

const finalStoreSchema = z.strictObject({
  threads: json.default({}),
  items: z.record(z.string(), z.array(z.unknown())).default({}),
  attachments: json.optional(),
});
export type FinalStore = z.infer<typeof finalStoreSchema>;

const about = {
  id: z.string(),
  title: z.string(),
  source: z.string().optional(),
  verified: z.boolean().optional(),
  note: z.string().optional(),
  advice: z.string().optional(),
  expect_reference: z.unknown().optional(),
};
const events = z.array(json);
const errorOr = <T extends z.ZodRawShape>(shape: T) =>
  z.union([z.object({ error: z.string() }), z.object(shape)]);

export const caseSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('http'),
    ...about,
    seed: seedSchema,
    server: serverSchema,
    steps: z.array(z.object({ request: z.unknown(), expect: stepExpectSchema })).min(1),
    final_store: finalStoreSchema.optional(),
  }),
  z.object({
    kind: z.literal('raw_sse'),
    ...about,
    seed: seedSchema,
    server: serverSchema,
    request: z.unknown(),
    expect: z.object({ content_type: z.string(), body: z.string(), note: z.string().optional() }),
  }),
  z.object({
    kind: z.literal('request_validation'),
    ...about,
    request: z.unknown(),
    expect: z.object({ accepted: z.boolean(), at: z.array(z.string()).optional() }),
  }),
  z.object({
    kind: z.literal('widget_diff'),
    ...about,
    /** Built from a template, not from typed components. */
    dynamic: z.boolean().default(false),
    before: json,
    after: json,
    expect: errorOr({ updates: events }),
  }),
  z.object({
    kind: z.literal('widget_stream'),
    ...about,
    thread_id: z.string(),
    states: z.array(json),
    static: z.boolean().default(false),
    copy_text: z.string().nullish(),
    expect: z.object({ events }),
  }),
  z.object({
    kind: z.literal('widget_template'),
    ...about,
    definition: z.unknown(),
    data: json.nullish(),
    expect: errorOr({ widget: json }),
  }),
  z.object({
    kind: z.literal('to_model_input'),
    ...about,
    items: z.array(json),
    expect: errorOr({ input: z.array(z.unknown()) }),
  }),
  z.object({
    kind: z.literal('agent_bridge'),
    ...about,
    run_events: events,
    run_raises: z.string().optional(),
    seed_items: z.array(json).default([]),
    /** How many previews of an image the model was asked for. */
    partial_images: z.int().optional(),
    converter: z.strictObject({ partial_images: z.int().optional() }).default({}),
    context: z
      .strictObject({
        client_tool_call: z.object({ name: z.string(), arguments: json }).optional(),
        workflow: workflowSchema.optional(),
        partial_images: z.int().optional(),
      })
      .default({}),
    expect: z.object({
      events,
      store_writes: z.array(z.array(z.string())).default([]),
      raises: z.string().optional(),
    }),
  }),
  z.object({
    kind: z.literal('transport'),
    ...about,
    scenario: z.object({ responder: z.string(), client: z.string() }),
    expect: z.object({
      handle_stream_cancelled_called: z.boolean(),
      stored_item_types: z.array(z.string()),
    }),
  }),
  z.object({ kind: z.literal('flow'), ...about, flow: z.array(z.unknown()), expect: z.unknown().optional() }),
]);
export type Case = z.infer<typeof caseSchema>;
export type CaseOf<K extends Case['kind']> = Extract<Case, { kind: K }>;
