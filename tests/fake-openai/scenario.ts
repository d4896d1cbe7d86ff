/** What the fake model does: chosen by tags in the newest text of the user, such as `[tool:get_weather]`. */
import { z } from 'zod';
import type { BillLine } from './bill.ts';

/** The tags found in a message: name → the part after the colon, or an empty string. */
export type Tags = ReadonlyMap<string, string>;

const textPart = z.object({ text: z.string() });
const message = z.looseObject({
  role: z.string().optional(),
  type: z.string().optional(),
  content: z.union([z.string(), z.array(z.unknown())]).nullish(),
  /** Of a function call: text, or parts like those of a message. */
  output: z.union([z.string(), z.array(z.unknown())]).nullish(),
});

const toolParameters = z.looseObject({
  properties: z.record(z.string(), z.looseObject({ type: z.unknown() })).default({}),
});
const offeredTool = z.looseObject({
  type: z.string().optional(),
  name: z.string().optional(),
  parameters: toolParameters.optional(),
  function: z.looseObject({ name: z.string(), parameters: toolParameters.optional() }).optional(),
});

/** The part of a request that both APIs have. */
export const modelRequestSchema = z.looseObject({
  model: z.string(),
  stream: z.boolean().optional(),
  input: z.union([z.string(), z.array(message)]).optional(),
  messages: z.array(message).optional(),
  tools: z.array(offeredTool).optional(),
  stream_options: z.looseObject({ include_usage: z.boolean().optional() }).optional(),
  reasoning: z.looseObject({ summary: z.string().nullish() }).nullish(),
});
export type ModelRequest = z.infer<typeof modelRequestSchema>;

export interface ToolCall {
  readonly id: string;
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** One request, understood: what was asked and what the conversation holds since then. */
export interface Turn {
  readonly question: string;
  readonly tags: Tags;
  /** Results of tools since the newest user message; empty on the first step of a turn. */
  readonly toolResults: readonly string[];
  readonly calls: readonly ToolCall[];
  /** Answers to requests of MCP servers since the newest user message. */
  readonly approvals: readonly boolean[];
  /** Where tokens are counted. Default: nowhere. */
  readonly line?: BillLine;
}

function texts(content: string | readonly unknown[] | null | undefined): string[] {
  if (typeof content === 'string') return [content];
  return (content ?? []).flatMap((part) => {
    const parsed = textPart.safeParse(part);
    return parsed.success ? [parsed.data.text] : [];
  });
}

/** What a person typed; the context around it (quotes, files, hidden notes) begins with a tag such as `<QuotedText>`. */
const isTyped = (text: string) => !/^<[A-Z]\w*[ >]/.test(text);

export function readTurn(request: ModelRequest): Turn {
  const messages =
    typeof request.input === 'string'
      ? [{ role: 'user', content: request.input }]
      : (request.input ?? request.messages ?? []);
  const newest = messages.findLastIndex((m) => m.role === 'user');
  const question = texts(messages[newest]?.content).filter(isTyped).at(-1) ?? '';
  const toolResults = messages
    .slice(newest + 1)
    .filter((m) => m.role === 'tool' || m.type === 'function_call_output')
    .map((m) => texts(m.output ?? m.content).join(''));
  const tags = new Map(
    [...question.matchAll(/\[([a-z][a-z-]*)(?::([^\]]*))?\]/g)].map((m) => [m[1] ?? '', m[2] ?? '']),
  );
  const approvals = messages
    .slice(newest + 1)
    .flatMap((m) => (m.type === 'mcp_approval_response' ? [m.approve === true] : []));
  return { question, tags, toolResults, approvals, calls: toolCalls(tags, request, toolResults.length) };
}

function toolCalls(tags: Tags, request: ModelRequest, results: number): ToolCall[] {
  const wanted = ['tool', 'parallel', 'sloppy-tools', 'loop'].some((tag) => tags.has(tag));
  if (!wanted || (results > 0 && !tags.has('loop'))) return [];
  const tools = (request.tools ?? []).map((tool) => tool.function ?? tool);
  const name = tags.get('tool') || tools[0]?.name || 'get_weather';
  const parameters = tools.find((tool) => tool.name === name)?.parameters?.properties ?? {};
  const cities = tags.has('parallel') || tags.has('sloppy-tools') ? ['Paris', 'Tokyo'] : ['Paris'];
  return cities.map((city, index) => ({
    id: `call_${results}_${index}`,
    name,
    args: Object.fromEntries(
      Object.entries(parameters).map(([key, { type }]) => [
        key,
        type === 'number' || type === 'integer' ? index : type === 'boolean' ? true : city,
      ]),
    ),
  }));
}

/**
 * The answer to a question: always the same for the same question, with the forms that Markdown has; or with `[say:…]`
 * exactly this text, in base64url.
 */
export function answerTo(turn: Turn): string {
  const { question, tags, toolResults } = turn;
  const asked = question.replaceAll(/\[[a-z][a-z-]*(?::[^\]]*)?\]/g, '').trim();
  const burst = Number(tags.get('burst') ?? Number.NaN);
  if (Number.isInteger(burst)) return Array.from({ length: burst }, (_, i) => `word${i} `).join('');
  const said = tags.get('say');
  if (said !== undefined) return Buffer.from(said, 'base64url').toString();
  if (turn.approvals.length > 0) {
    return `The MCP server was ${turn.approvals.map((approved) => (approved ? 'allowed' : 'refused')).join(', ')}.`;
  }
  if (toolResults.length > 0) return `The tools answered: ${toolResults.join(' | ')}.`;
  if (tags.has('diagram')) {
    return 'A turn:\n\n```mermaid\nflowchart LR\n  Person --> Foyer --> Model\n```\n\nThat is all.';
  }
  if (tags.has('bytewise')) return 'Déjà vu, byte by byte: 你好 🙂.';
  return [
    `You asked: **${asked === '' ? 'nothing' : asked.slice(0, 200)}**`,
    'This is the fake model. It always answers in the same way:\n\n- first, a list;\n- then, some `code`;\n- at last, a table.',
    '```js\nconst answer = 6 * 7;\nconsole.log(answer);\n```',
    '| Word | Length |\n| --- | ---: |\n| fake | 4 |\n| déjà vu | 7 |',
    'That is all.',
  ].join('\n\n');
}

/** The answer as a model streams it: a word or so at a time. */
export function pieces(text: string): string[] {
  return text.match(/\s*\S+\s?/g) ?? [];
}

export const THOUGHTS = [
  'First I look at the question.',
  'Then I think about the answer, step by step.',
] as const;

export const REFUSAL = 'I am sorry, but I cannot help with that.';

/** Where a citation of the fake model points to. */
export const CITED = { url: 'https://example.org/fake', title: 'A fake source' } as const;
