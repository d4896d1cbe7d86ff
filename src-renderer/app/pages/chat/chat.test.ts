import { beforeEach, describe, expect, it } from 'vitest';
import { en } from '../../i18n/en.ts';
import { fr } from '../../i18n/fr.ts';
import { chatOptions } from './chat-options.ts';
import { forgetOpenThread, rememberedThread, rememberThread } from './open-thread.ts';

describe('open thread', () => {
  beforeEach(() => sessionStorage.clear());

  it('is remembered for each person apart', () => {
    rememberThread(sessionStorage, 'ada', 'thr_1');
    expect(rememberedThread(sessionStorage, 'ada')).toBe('thr_1');
    expect(rememberedThread(sessionStorage, 'bob')).toBeNull();
  });

  it('is forgotten with a new thread and with signing out', () => {
    rememberThread(sessionStorage, 'ada', 'thr_1');
    rememberThread(sessionStorage, 'ada', null);
    expect(rememberedThread(sessionStorage, 'ada')).toBeNull();
    rememberThread(sessionStorage, 'ada', 'thr_2');
    forgetOpenThread(sessionStorage, 'ada');
    expect(sessionStorage).toHaveLength(0);
  });

  it('ignores what cannot be an id', () => {
    sessionStorage.setItem('foyer.thread.ada', '../<script>');
    expect(rememberedThread(sessionStorage, 'ada')).toBeNull();
  });
});

describe('chatOptions', () => {
  const input = {
    t: en,
    locale: 'en',
    scheme: 'light',
    offlineGuide: true,
    models: [],
    attachments: { max_bytes: 1024, per_message: 4 },
    initialThread: null,
    keepsHistory: true,
    drafts: { load: async () => ({}), save: async () => undefined },
    places: { load: () => ({}), save: () => undefined },
    search: { find: async () => [] },
    fileOf: (threadId: string) => `/file/${threadId}`,
    fetch,
  } as const;

  it('talks to the own server only', () => {
    expect(chatOptions(input).api).toMatchObject({ url: '/api/chatkit', domainKey: 'local' });
  });

  it('says when the offline guide answers and proposes what the guide knows', () => {
    const guide = chatOptions(input);
    expect(guide.disclaimer).toEqual({ text: en.chat.guideDisclaimer, highContrast: true });
    expect(guide.startScreen?.prompts?.map((prompt) => prompt.label)).toEqual(
      en.chat.guidePrompts.map((prompt) => prompt.label),
    );
    const model = chatOptions({ ...input, offlineGuide: false });
    expect(model.disclaimer?.text).toBe(en.chat.modelDisclaimer);
    expect(model.startScreen?.prompts).toHaveLength(4);
    expect(model.startScreen?.prompts?.[0]?.label).toBe(en.chat.modelPrompts[0]!.label);
  });

  it('promises guests no list of conversations', () => {
    expect(chatOptions(input).history?.enabled).toBe(true);
    expect(chatOptions({ ...input, keepsHistory: false }).history?.enabled).toBe(false);
  });

  it('lets people choose where there is a choice', () => {
    expect(chatOptions({ ...input, models: ['small'] }).composer?.models).toBeUndefined();
    expect(chatOptions({ ...input, models: ['small', 'large'] }).composer?.models).toEqual([
      { id: 'small', label: 'small', default: true },
      { id: 'large', label: 'large', default: false },
    ]);
    const named = { ...input, models: ['small', 'toString'], modelLabels: { small: 'Small and quick' } };
    expect(chatOptions(named).composer?.models?.map(({ label }) => label)).toEqual([
      'Small and quick',
      'toString',
    ]);
  });

  it('takes as much with a message as the server does', () => {
    expect(chatOptions(input).composer?.attachments).toEqual({ enabled: true, maxSize: 1024, maxCount: 4 });
    expect(chatOptions(input).api).toMatchObject({ uploadStrategy: { type: 'two_phase' } });
    const none = { max_bytes: 1024, per_message: 0 };
    expect(chatOptions({ ...input, attachments: none }).composer?.attachments).toBeUndefined();
    expect(chatOptions({ ...input, attachments: null }).composer?.attachments).toBeUndefined();
  });

  it('follows language and scheme', () => {
    const options = chatOptions({ ...input, t: fr, locale: 'fr', scheme: 'dark' });
    expect(options.locale).toBe('fr');
    expect(options.composer?.placeholder).toBe(fr.chat.placeholder);
    expect(options.theme).toMatchObject({ colorScheme: 'dark' });
  });
});
