import type { ChatKitOptions } from '@openai/chatkit-react';
import type { AppStatus } from '../../../../src-shared/api/index.ts';
import type { Dictionary } from '../../i18n/en.ts';
import type { ColorScheme } from '../../preferences/color-scheme.ts';
import type { DraftStorage } from './draft-storage.ts';
import type { PlaceStorage } from './kept-place.ts';
import type { ThreadSearch } from './thread-search.ts';

/** The colours of styles/tokens.css that the chat element needs as plain values (tokens.test.ts keeps them equal). */
export const CHAT_COLORS = {
  light: { accent: '#b0401b', background: '#ffffff', foreground: '#221d18' },
  dark: { accent: '#f0916a', background: '#1f1b18', foreground: '#f3ede6' },
} as const satisfies Record<ColorScheme, { accent: string; background: string; foreground: string }>;

export interface ChatOptionsInput {
  readonly t: Dictionary;
  /** Of the page; may name a region, for dates and times. */
  readonly locale: string;
  readonly scheme: ColorScheme;
  /** True while the offline guide answers: the page then says so and proposes questions the guide can answer. */
  readonly offlineGuide: boolean;
  /** Where there are several, a person can choose; the first is the usual one. */
  readonly models: readonly string[];
  /** Names for people, by id; the id stands for itself where there is none. */
  readonly modelLabels?: Readonly<Record<string, string>>;
  /** What the server takes with one message, or null while that is not known. */
  readonly attachments: AppStatus['attachments'] | null;
  readonly initialThread: string | null;
  /** Whether conversations are there the next time; a guest's are not, so no list of them is promised. */
  readonly keepsHistory: boolean;
  readonly fetch: typeof fetch;
  /** Where half-written messages are kept. */
  readonly drafts: DraftStorage;
  /** Where it is kept how far the person has read. */
  readonly places: PlaceStorage;
  /** Where conversations are found by their words. */
  readonly search: ThreadSearch;
  /** Where a conversation can be had as a file. */
  readonly fileOf: (threadId: string) => string;
}

/** The options of the chat element (chatkit-element.md §2): plain data and functions only. */
export function chatOptions(input: ChatOptionsInput): ChatKitOptions {
  const { t, locale, scheme, offlineGuide } = input;
  const colors = CHAT_COLORS[scheme];
  const guideIcons = ['sparkle', 'keys', 'user', 'plus'] as const;
  const modelIcons = ['mail', 'lightbulb', 'document', 'calendar'] as const;
  const prompts = offlineGuide ? t.chat.guidePrompts : t.chat.modelPrompts;
  const icons = offlineGuide ? guideIcons : modelIcons;
  // `resume` and `edit` are our element's own: an answer goes on without the page, and is there again after a reload;
  // a message can be changed and sent again.
  const api = {
    url: '/api/chatkit',
    domainKey: 'local',
    fetch: input.fetch,
    resume: true,
    edit: true,
    uploadStrategy: { type: 'two_phase' as const },
  };
  // Our element's own too: half-written messages are kept by the server, which searches and
  // exports as well; where somebody was reading is kept by the tab.
  const own = {
    drafts: input.drafts,
    places: input.places,
    search: input.search,
    export: { addressOf: input.fileOf },
  };
  return {
    ...own,
    api,
    // Our element takes any tag; the published type lists some.
    locale: locale as NonNullable<ChatKitOptions['locale']>,
    frameTitle: t.chat.title,
    initialThread: input.initialThread,
    theme: {
      colorScheme: scheme,
      radius: 'round',
      density: 'normal',
      color: {
        // A trace of the warm hue of the other pages.
        grayscale: { hue: 70, tint: 2 },
        accent: { primary: colors.accent, level: 1 },
        surface: { background: colors.background, foreground: colors.foreground },
      },
    },
    header: { enabled: true },
    history: { enabled: input.keepsHistory, showDelete: true, showRename: true },
    startScreen: {
      greeting: offlineGuide ? t.chat.guideGreeting : t.chat.greeting,
      prompts: prompts.map(({ label, prompt }, index) => ({
        label,
        prompt,
        icon: icons[index] ?? 'circle-question',
      })),
    },
    thread: { autoScroll: true },
    // What the message box can do by itself is reachable by "/".
    commands: { enabled: true },
    threadItemActions: { feedback: false, retry: true },
    composer: {
      placeholder: t.chat.placeholder,
      ...modelChoice(input.models, input.modelLabels ?? {}),
      ...attachmentOptions(input.attachments),
    },
    disclaimer: offlineGuide
      ? { text: t.chat.guideDisclaimer, highContrast: true }
      : { text: t.chat.modelDisclaimer },
  };
}

function modelChoice(
  models: readonly string[],
  labels: Readonly<Record<string, string>>,
): Pick<NonNullable<ChatKitOptions['composer']>, 'models'> {
  if (models.length < 2) return {};
  const labelOf = (id: string) => (Object.hasOwn(labels, id) ? labels[id] : undefined) ?? id;
  return { models: models.map((id, index) => ({ id, label: labelOf(id), default: index === 0 })) };
}

function attachmentOptions(limits: ChatOptionsInput['attachments']) {
  if (limits === null || limits.per_message === 0) return {};
  return { attachments: { enabled: true, maxSize: limits.max_bytes, maxCount: limits.per_message } };
}
