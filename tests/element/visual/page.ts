/** The page that is photographed: the element alone, in fonts that the project brings, so that machines agree. */
import '@fontsource-variable/noto-sans/index.css';
import '@fontsource-variable/noto-sans/wght-italic.css';
import '@fontsource-variable/noto-sans-arabic/index.css';
import '@fontsource-variable/noto-sans-mono/index.css';
import type { ChatKitOptions } from '@openai/chatkit';
import { ChatKitElement, defineChatKitElement } from '../../../src-renderer/chatkit-element/index.ts';

/** Options as far as they can travel into the page. */
export type PlainOptions = Omit<ChatKitOptions, 'api' | 'entities' | 'commands'> & {
  api?: { edit?: boolean };
  /** Adds people to mention and commands; functions cannot travel. */
  suggests?: boolean;
};

export interface Stage {
  /** Mounts the element, or gives it other options. */
  open(options: PlainOptions): void;
  element(): ChatKitElement;
  /** What the element reported as broken. */
  broken: string[];
  /** Widths of sample texts in each font, in pixels. */
  measures(): Promise<Record<string, number>>;
}

const SANS = '"Noto Sans Variable", "Noto Sans Arabic Variable", sans-serif';
const MONO = '"Noto Sans Mono Variable", "Noto Sans Arabic Variable", monospace';

const PEOPLE = [
  { id: 'ada', title: 'Ada Lovelace', group: 'People', icon: 'user', interactive: true },
  { id: 'alan', title: 'Alan Turing', group: 'People', icon: 'user' },
  { id: 'salma', title: 'سلمى الخوارزمي', group: 'People', icon: 'user' },
  { id: 'plan', title: 'Quarterly plan for the northern region.pdf', group: 'Documents', icon: 'document' },
] as const;
const COMMANDS = [
  { id: 'sum', label: 'Summarise', description: 'The thread so far, in five lines', icon: 'notebook' },
  { id: 'translate', label: 'Translate', description: 'Into another language', icon: 'globe' },
] as const;

type Preview = NonNullable<NonNullable<ChatKitOptions['entities']>['onRequestPreview']>;

/** What hosts show of an entity that is pointed at. */
const preview: Preview = async () => ({
  preview: {
    type: 'Basic',
    gap: 2,
    direction: 'row',
    align: 'center',
    children: [
      { type: 'Image', src: '/pictures/portrait.svg', alt: '', size: 40, radius: 'full' },
      {
        type: 'Col',
        children: [
          { type: 'Text', value: 'Ada Lovelace', weight: 'semibold' },
          { type: 'Caption', value: 'Analyst, London' },
        ],
      },
    ],
  },
});

const stage: Stage = {
  broken: [],
  open({ suggests, api, theme, ...options }) {
    const look = typeof theme === 'object' ? theme : { colorScheme: theme ?? 'light' };
    stage.element().setOptions({
      ...options,
      api: {
        url: new URL('/chatkit', location.href).href,
        domainKey: 'local',
        uploadStrategy: { type: 'two_phase' },
        ...api,
      },
      theme: { ...look, typography: { fontFamily: SANS, fontFamilyMono: MONO, ...look.typography } },
      ...(suggests === true
        ? {
            entities: {
              showComposerMenu: true,
              onTagSearch: async (query) =>
                PEOPLE.filter(({ title }) => title.toLowerCase().includes(query.toLowerCase())),
              onClick: () => {},
              onRequestPreview: preview,
            },
            commands: { enabled: true, onSearch: async () => [...COMMANDS], onSelect: async () => {} },
          }
        : {}),
    });
  },
  element() {
    const element = document.querySelector('openai-chatkit');
    if (!(element instanceof ChatKitElement)) throw new Error('no element');
    return element;
  },
  async measures() {
    const samples = {
      sans: ['400 100px "Noto Sans Variable"', 'Hamburgefonstiv'],
      bold: ['600 100px "Noto Sans Variable"', 'Hamburgefonstiv'],
      italic: ['italic 400 100px "Noto Sans Variable"', 'Hamburgefonstiv'],
      mono: ['400 100px "Noto Sans Mono Variable"', 'Hamburgefonstiv'],
      // Diagrams are images, and images know only the fonts of the system.
      system: ['400 100px system-ui', 'Hamburgefonstiv'],
      arabic: ['400 100px "Noto Sans Arabic Variable"', 'أبجد هوز حطي كلمن'],
    } as const;
    const context = document.createElement('canvas').getContext('2d');
    if (context === null) throw new Error('no canvas');
    const widths: Record<string, number> = {};
    for (const [name, [font, text]] of Object.entries(samples)) {
      await document.fonts.load(font, text);
      context.font = font;
      widths[name] = Math.round(context.measureText(text).width);
    }
    return widths;
  },
};

declare global {
  interface Window {
    stage: Stage;
  }
}
defineChatKitElement();
window.stage = stage;
stage.element().addEventListener('chatkit.error', ({ detail: { error } }) => {
  // Requests are refused on purpose; a part that cannot be drawn is a mistake.
  if ('code' in error && error.code === 'protocol')
    stage.broken.push(String(error.cause instanceof Error ? error.cause.stack : error.stack));
});
