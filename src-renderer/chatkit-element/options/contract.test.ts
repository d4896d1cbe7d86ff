import type { ChatKitOptions } from '@openai/chatkit';
import { describe, expect, it } from 'vitest';
import { resolveOptions } from './resolve.ts';

/** Everything that a host can set outside of the composer's own features, with no value at its default. */
const FULL = {
  api: { url: 'https://chat.example/chatkit', domainKey: 'anything', fetch: async () => new Response() },
  locale: 'fr-CA',
  theme: {
    colorScheme: 'dark',
    radius: 'soft',
    density: 'spacious',
    typography: {
      baseSize: 18,
      fontFamily: 'Lora, serif',
      fontFamilyMono: 'Fira Code, monospace',
      fontSources: [
        {
          family: 'Lora',
          src: '/lora.woff2',
          weight: 500,
          style: 'italic',
          display: 'swap',
          unicodeRange: 'U+0000-00FF',
        },
      ],
    },
    color: {
      grayscale: { hue: 220, tint: 6, shade: -1 },
      accent: { primary: '#0f766e', level: 2 },
      surface: { background: '#10201c', foreground: '#18302a' },
    },
  },
  frameTitle: 'Library help',
  initialThread: 'thr_1',
  onClientTool: async () => ({}),
  header: {
    enabled: true,
    title: { enabled: true, text: 'Library' },
    leftAction: { icon: 'menu', onClick() {} },
    rightAction: { icon: 'close', onClick() {} },
  },
  history: { enabled: true, showDelete: false, showRename: false },
  startScreen: {
    greeting: 'Bonjour',
    prompts: [
      { label: 'One', prompt: 'first', icon: 'sparkle' },
      {
        label: 'Two',
        prompt: [
          { type: 'input_text', text: 'about ' },
          {
            type: 'input_tag',
            id: 't',
            text: 'Lisbon',
            data: { kind: 'city' },
            interactive: true,
            group: 'Cities',
          },
        ],
      },
    ],
  },
  threadItemActions: { feedback: true, retry: true },
  thread: { autoScroll: true },
  disclaimer: { text: '**Check** facts', highContrast: true },
  widgets: { onAction: async () => {} },
  entities: {
    onTagSearch: async () => [],
    showComposerMenu: true,
    onClick() {},
    onRequestPreview: async () => ({ preview: null }),
  },
  commands: { enabled: true, onSearch: async () => [], onSelect: async () => {} },
} satisfies ChatKitOptions;

describe('the options contract', () => {
  it('keeps every value a host can set', () => {
    const result = resolveOptions(FULL);
    if (result.kind !== 'ok') throw new Error('not ok');
    const { api, ...rest } = FULL;
    expect(result.options).toMatchObject(rest);
    expect(result.options.api).toMatchObject({ url: api.url, fetch: api.fetch });
  });

  it('takes colours and sizes on their own, and drops one wrong field without its neighbours', () => {
    const result = resolveOptions({
      ...FULL,
      theme: {
        typography: { baseSize: 'big', fontFamily: 'Lora' },
        color: { accent: { primary: '#f00', level: 9 }, surface: { background: '#fff', foreground: '#eee' } },
      },
    });
    if (result.kind !== 'ok') throw new Error('not ok');
    expect(result.options.theme.typography?.fontFamily).toBe('Lora');
    expect(result.options.theme.color?.surface).toEqual({ background: '#fff', foreground: '#eee' });
  });
});
