/**
 * Turns what a host passed to `setOptions` into options that the rest of the element can trust. Hosts are JavaScript:
 * every field is optional here, wrong ones count as absent, unknown ones are ignored, and the host's object is only read.
 */
import type { ChatKitOptions } from '@openai/chatkit';
import { z } from 'zod';
import type { DraftStorage } from '../session/draft-storage.ts';
import type { HistoryFinder } from '../session/found-threads.ts';
import type { PlaceStorage } from '../session/places.ts';
import type { ThreadFiles } from '../ui/history/thread-files.ts';
import { DEFAULT_MAX_SIZE } from '../uploads/limits.ts';

type Host = ChatKitOptions;

function fn<T>() {
  return z
    .custom<T>((value) => typeof value === 'function')
    .optional()
    .catch(undefined);
}
const text = z.string().optional().catch(undefined);
const flag = (byDefault: boolean) => z.boolean().default(byDefault).catch(byDefault);
const group = <S extends z.ZodRawShape>(shape: S) => z.object(shape).optional().catch(undefined);
function listOf<T extends z.ZodType>(item: T) {
  return z
    .array(z.unknown())
    .catch([])
    .transform((values) =>
      values.flatMap((value): z.output<T>[] => {
        const parsed = item.safeParse(value);
        return parsed.success ? [parsed.data] : [];
      }),
    );
}

const contentSchema = z.array(
  z.discriminatedUnion('type', [
    z.object({ type: z.literal('input_text'), text: z.string() }),
    z.object({
      type: z.literal('input_tag'),
      id: z.string(),
      text: z.string(),
      group: z.string().optional(),
      data: z.record(z.string(), z.unknown()).default({}),
      interactive: z.boolean().default(false),
    }),
  ]),
);

const headerActionSchema = z
  .object({ icon: z.string(), onClick: z.custom<() => void>((value) => typeof value === 'function') })
  .optional()
  .catch(undefined);

const themeSchema = z.object({
  colorScheme: z.enum(['light', 'dark']).default('light').catch('light'),
  radius: z.enum(['pill', 'round', 'soft', 'sharp']).default('pill').catch('pill'),
  density: z.enum(['compact', 'normal', 'spacious']).default('normal').catch('normal'),
  typography: group({
    baseSize: z.number().min(12).max(24).optional().catch(undefined),
    fontFamily: text,
    fontFamilyMono: text,
    fontSources: listOf(
      z.object({
        family: z.string(),
        src: z.string(),
        weight: z.union([z.string(), z.number()]).optional(),
        style: z.string().optional(),
        display: z.enum(['auto', 'block', 'swap', 'fallback', 'optional']).optional(),
        unicodeRange: z.string().optional(),
      }),
    ).optional(),
  }),
  color: group({
    grayscale: group({
      hue: z.number().min(0).max(360),
      tint: z.number().min(0).max(9),
      shade: z.number().min(-4).max(4).default(0),
    }),
    accent: group({ primary: z.string(), level: z.number().min(0).max(3).default(0) }),
    surface: group({ background: z.string(), foreground: z.string() }),
  }),
});
export type ResolvedTheme = z.output<typeof themeSchema>;

const optionsSchema = z.object({
  locale: text,
  theme: z
    .union([
      z.enum(['light', 'dark']).transform((colorScheme) => themeSchema.parse({ colorScheme })),
      themeSchema,
    ])
    .catch(themeSchema.parse({}))
    .default(themeSchema.parse({})),
  frameTitle: text,
  initialThread: z.string().nullable().default(null).catch(null),
  onClientTool: fn<NonNullable<Host['onClientTool']>>(),
  header: group({
    enabled: flag(true),
    title: group({ enabled: flag(true), text }),
    leftAction: headerActionSchema,
    rightAction: headerActionSchema,
  }),
  history: group({ enabled: flag(true), showDelete: flag(true), showRename: flag(true) }),
  startScreen: group({
    greeting: text,
    prompts: listOf(
      z.object({ label: z.string(), prompt: z.union([z.string(), contentSchema]), icon: text }),
    ).optional(),
  }),
  threadItemActions: group({ feedback: flag(false), retry: flag(false) }),
  thread: group({ autoScroll: flag(false) }),
  composer: group({
    placeholder: text,
    attachments: group({
      enabled: flag(false),
      maxSize: z
        .union([z.number().positive(), z.record(z.string(), z.number().positive())])
        .default(DEFAULT_MAX_SIZE)
        .catch(DEFAULT_MAX_SIZE),
      maxCount: z.number().int().min(0).default(10).catch(10),
      accept: z.record(z.string(), z.array(z.string())).optional().catch(undefined),
    }),
    dictation: group({ enabled: flag(false) }),
    tools: listOf(
      z.object({
        id: z.string(),
        label: z.string(),
        icon: text,
        shortLabel: text,
        placeholderOverride: text,
        pinned: flag(false),
        persistent: flag(false),
      }),
    ).optional(),
    models: listOf(
      z.object({
        id: z.string(),
        label: z.string(),
        description: text,
        disabled: flag(false),
        default: flag(false),
      }),
    ).optional(),
  }),
  disclaimer: group({ text: z.string(), highContrast: flag(false) }),
  entities: group({
    onTagSearch: fn<NonNullable<NonNullable<Host['entities']>['onTagSearch']>>(),
    showComposerMenu: flag(false),
    onClick: fn<NonNullable<NonNullable<Host['entities']>['onClick']>>(),
    onRequestPreview: fn<NonNullable<NonNullable<Host['entities']>['onRequestPreview']>>(),
  }),
  commands: group({
    enabled: flag(false),
    onSearch: fn<NonNullable<NonNullable<Host['commands']>['onSearch']>>(),
    onSelect: fn<NonNullable<NonNullable<Host['commands']>['onSelect']>>(),
  }),
  /** Our own option: where drafts are kept; without it in the tab's own storage. */
  drafts: z
    .union([z.literal('memory'), z.custom<DraftStorage>(isStorage)])
    .optional()
    .catch(undefined),
  /** The same: where it is kept how far somebody has read; without it as long as the element is mounted. */
  places: z.custom<PlaceStorage>(isStorage).optional().catch(undefined),
  /** The same: finds conversations by their words; without it the history has no search. */
  search: z.custom<HistoryFinder>(isFinder).optional().catch(undefined),
  /** The same: where a conversation can be had as a file; without it the history offers none. */
  export: z.custom<ThreadFiles>(isThreadFiles).optional().catch(undefined),
  widgets: group({ onAction: fn<NonNullable<NonNullable<Host['widgets']>['onAction']>>() }),
});

const customApiSchema = z.object({
  url: z.string().min(1),
  fetch: z.custom<typeof fetch>((value) => typeof value === 'function').optional(),
  /** Our own option, for servers with Foyer's extension: answers go on without the page, and the page finds them again. */
  resume: flag(false),
  /** The same: people can edit a message that they sent, and send it again in its place. */
  edit: flag(false),
  uploadStrategy: z
    .discriminatedUnion('type', [
      z.object({ type: z.literal('two_phase') }),
      z.object({ type: z.literal('direct'), uploadUrl: z.string().min(1) }),
    ])
    .optional()
    .catch(undefined),
});

export type ResolvedOptions = z.output<typeof optionsSchema> & { api: z.output<typeof customApiSchema> };
export type StartPrompt = {
  label: string;
  prompt: string | z.output<typeof contentSchema>;
  icon?: string | undefined;
};

/** The outcome of {@link resolveOptions}. The two failures still carry theme and locale, so that they can be shown well. */
export type OptionsResult =
  | { kind: 'ok'; options: ResolvedOptions }
  | { kind: 'hosted' | 'invalid'; appearance: Pick<ResolvedOptions, 'theme' | 'locale' | 'frameTitle'> };

/** Never throws, whatever the host passed: getters that throw and cyclic objects included. */
export function resolveOptions(input: unknown): OptionsResult {
  try {
    const parsed = optionsSchema.safeParse(input);
    const options = parsed.success ? parsed.data : optionsSchema.parse({});
    const api = isRecord(input) ? input.api : undefined;
    const custom = customApiSchema.safeParse(api);
    if (custom.success) return { kind: 'ok', options: { ...options, api: custom.data } };
    const hosted = isRecord(api) && typeof api.getClientSecret === 'function';
    return { kind: hosted ? 'hosted' : 'invalid', appearance: options };
  } catch {
    return { kind: 'invalid', appearance: optionsSchema.parse({}) };
  }
}

function isStorage(value: unknown): boolean {
  return isRecord(value) && typeof value.load === 'function' && typeof value.save === 'function';
}

function isFinder(value: unknown): boolean {
  return isRecord(value) && typeof value.find === 'function';
}

function isThreadFiles(value: unknown): boolean {
  return isRecord(value) && typeof value.addressOf === 'function';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** User content as hosts write it (`data` optional), made complete for the wire. */
export function resolveContent(input: unknown): z.output<typeof contentSchema> | null {
  const parsed = contentSchema.safeParse(input);
  return parsed.success ? parsed.data : null;
}
