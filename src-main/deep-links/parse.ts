/**
 * Links that begin with `foyer:`. Any page, mail or program can make one and have it opened, so a link can only propose
 * one of two harmless things; nothing else exists in its language: no command, server, key, file or address.
 */
import { z } from 'zod';
import { MAX_PROPOSED_TEXT, newChatSchema, type Proposal, proposalSchema } from '../../src-shared/desktop.ts';

/** Longer than any link that can mean something. */
const MAX_LENGTH = 4 * MAX_PROPOSED_TEXT * 3;

/** What a dialog would not show, or show elsewhere than it stands: people must see exactly what they agree to. */
const UNSEEN = /[\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0]|\u034f|(?![\n\t])\p{Cc}/u;

/** Written so and not otherwise: what a URL parser would tidy up is nobody's link. */
const THREAD = /^foyer:\/\/thread\/([^/?#]+)$/;

const newChatLink = z
  .strictObject({
    host: z.literal('new'),
    path: z.enum(['', '/']),
    hash: z.literal(''),
    user: z.literal(''),
    password: z.literal(''),
    port: z.literal(''),
    query: z.tuple([z.tuple([z.literal('text'), z.string()])]),
  })
  .transform(({ query: [[, text]] }) => ({
    kind: 'new-chat' as const,
    text: text.replace(/\r\n?/g, '\n').trim(),
  }))
  .pipe(newChatSchema)
  .refine(({ text }) => !UNSEEN.test(text));

/**
 * What a link proposes: `foyer://thread/THREAD_ID` to open a conversation, `foyer://new?text=…` to write into the
 * message box of a new one. Null for everything else.
 */
export function parseLink(link: unknown): Proposal | null {
  if (typeof link !== 'string' || link.length > MAX_LENGTH) return null;
  const written = link.replace(/^foyer:/i, 'foyer:');
  if (!written.startsWith('foyer://') || !URL.canParse(written)) return null;
  const threadId = THREAD.exec(written)?.[1];
  if (threadId !== undefined) return proposalSchema.safeParse({ kind: 'thread', threadId }).data ?? null;
  const url = new URL(written);
  const parsed = newChatLink.safeParse({
    host: url.hostname,
    path: url.pathname,
    hash: url.hash,
    user: url.username,
    password: url.password,
    port: url.port,
    query: [...url.searchParams],
  });
  return parsed.success ? parsed.data : null;
}

/** What another start of Foyer was given. */
const argumentsSchema = z.array(z.string().max(1_000_000)).max(1_000);

/**
 * The link among the arguments of a start; null when there is none. More than one is nobody's click, and is no link
 * at all.
 */
export function linkIn(args: unknown): string | null {
  const parsed = argumentsSchema.safeParse(args);
  const links = parsed.success ? parsed.data.filter((argument) => /^foyer:/i.test(argument)) : [];
  return links.length === 1 ? (links[0] ?? null) : null;
}
