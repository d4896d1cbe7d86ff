/** Conversations as Markdown: for people, to be read anywhere. */
import type {
  AssistantContent,
  StructuredInputItem,
  Task,
  ThreadItem,
  ThreadMetadata,
  UserMessageItem,
} from '../../../src-shared/chatkit/index.ts';
import type { Locale } from '../../context.ts';
import { wordsIn } from './words.ts';

export interface MarkdownOptions {
  readonly locale: Locale;
  /** When it was exported. */
  readonly now: Date;
  /** The files of an item, with links to them; none where they are not exported along with it. */
  readonly linksOf?: (item: ThreadItem) => Promise<readonly ExportedLink[]>;
}

export interface ExportedLink {
  readonly name: string;
  readonly path: string;
}

/** A conversation, in pieces. Texts of people and models stand in it as they are: they are Markdown, or plain. */
export async function* threadMarkdown(
  thread: Pick<ThreadMetadata, 'title'>,
  items: AsyncIterable<ThreadItem>,
  { locale, now, linksOf }: MarkdownOptions,
): AsyncGenerator<string> {
  const words = wordsIn(locale);
  yield `# ${oneLine(thread.title ?? '') || words.untitled}\n\n*${words.taken(moment(now.toISOString()))}*\n`;
  let speaker: 'user' | 'assistant' | null = null;
  for await (const item of items) {
    const text = await textOf(item, words, linksOf);
    if (text === '') continue;
    const speaking = item.type === 'user_message' ? 'user' : 'assistant';
    // One heading for all that one answer consists of.
    if (speaking === 'user' || speaker !== speaking)
      yield `\n## ${words[speaking]} · ${moment(item.created_at)}\n`;
    speaker = speaking;
    yield `\n${text}\n`;
  }
}

type Words = ReturnType<typeof wordsIn>;

async function textOf(item: ThreadItem, words: Words, linksOf: MarkdownOptions['linksOf']): Promise<string> {
  switch (item.type) {
    case 'user_message':
      return paragraphs([...userTexts(item), attachmentList(item, words, (await linksOf?.(item)) ?? null)]);
    case 'assistant_message':
      return paragraphs(item.content.flatMap((part) => [part.text, sourceList(part, words)]));
    case 'widget':
      return item.copy_text || `*${words.notText}*`;
    case 'generated_image': {
      const [link] = (await linksOf?.(item)) ?? [];
      return link === undefined ? `*${words.image}*` : `![${words.image}](${link.path})`;
    }
    case 'structured_input':
      return paragraphs([
        `**${words.questions}**`,
        item.inputs.map((input) => question(input, words)).join('\n'),
      ]);
    case 'task':
      return paragraphs([`**${words.steps}**`, step(item.task)]);
    case 'workflow':
      return item.workflow.tasks.length === 0
        ? ''
        : paragraphs([`**${words.steps}**`, item.workflow.tasks.map(step).join('\n')]);
    default:
      return '';
  }
}

function userTexts({ quoted_text, content }: UserMessageItem): string[] {
  const quote = (quoted_text ?? '').trim();
  return [
    quote === '' ? '' : `> ${quote.replaceAll('\n', '\n> ')}`,
    content.map(({ text }) => text).join(''),
  ];
}

function attachmentList(
  { attachments }: UserMessageItem,
  words: Words,
  links: readonly ExportedLink[] | null,
): string {
  if (attachments.length === 0) return '';
  const entries =
    links === null
      ? attachments.map(({ name }) => `- ${label(name)}`)
      : links.map(({ name, path }) => `- [${label(name)}](${path})`);
  return `**${words.attachments}**\n\n${entries.join('\n')}`;
}

function sourceList({ annotations }: AssistantContent, words: Words): string {
  const seen = new Set<string>();
  for (const { source } of annotations) {
    const title = label(source.title);
    const isLink = source.type === 'url' && /^https?:\/\/[^\s<>]+$/.test(source.url);
    seen.add(isLink ? `[${title}](<${source.url}>)` : title);
  }
  if (seen.size === 0) return '';
  return `**${words.sources}**\n\n${[...seen].map((entry, index) => `${index + 1}. ${entry}`).join('\n')}`;
}

function question(input: StructuredInputItem['inputs'][number], words: Words): string {
  const { answer } = input;
  const values =
    answer == null ? words.unanswered : answer.skipped ? words.skipped : answer.values.join(', ');
  return `- ${oneLine(input.question)}\n  ${indented(values)}`;
}

function step(task: Task): string {
  const title = oneLine(task.title ?? (task.type === 'web_search' ? task.queries.join(', ') : ''));
  const more =
    task.type === 'custom' || task.type === 'thought'
      ? (task.content ?? '')
      : task.type === 'file'
        ? task.sources.map(({ filename }) => filename).join(', ')
        : '';
  return `- ${[title, indented(more)].filter((part) => part !== '').join('\n\n  ')}`;
}

const paragraphs = (parts: readonly string[]) => parts.filter((part) => part.trim() !== '').join('\n\n');
const indented = (text: string) => text.trim().replaceAll('\n', '\n  ');
const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ').trim();
/** What somebody named something, where brackets would end it. */
const label = (text: string) => oneLine(text).replaceAll(/[\\[\]]/g, '\\$&');

/** To the minute, the same everywhere. */
function moment(timestamp: string): string {
  const date = new Date(timestamp);
  return Number.isNaN(date.getTime())
    ? timestamp
    : `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
