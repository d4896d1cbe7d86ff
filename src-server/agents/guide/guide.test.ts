import { describe, expect, it } from 'vitest';
import { startConversation, violations } from '../testing/conversation.ts';
import { writeAnswer } from './answer.ts';
import { KEYWORDS, RELATED } from './keywords.ts';
import { findTopics, languageOf } from './search.ts';
import { ENGLISH } from './texts-en.ts';
import { FRENCH } from './texts-fr.ts';
import { TOPIC_IDS, type TopicId } from './topic.ts';

const QUESTIONS: readonly (readonly [string, TopicId])[] = [
  ['What can Foyer do?', 'foyer'],
  ['Que peut faire Foyer ?', 'foyer'],
  ['What are the first steps?', 'first-steps'],
  ['Par où commencer ?', 'first-steps'],
  ['How do I connect a model?', 'connect'],
  ['Comment connecter un modèle ?', 'connect'],
  ['Where do I put my OpenAI key?', 'openai'],
  ['J’ai une clé OpenAI', 'openai'],
  ['Can I use Ollama?', 'local'],
  ['Comment utiliser LM Studio ou llama.cpp ?', 'local'],
  ['What is OPENAI_BASE_URL?', 'variables'],
  ['Quelles sont les variables d’environnement ?', 'variables'],
  ['How do I add another person?', 'people'],
  ['Comment ajouter une autre personne ?', 'people'],
  ['I forgot my password', 'password'],
  ['J’ai oublié mon mot de passe', 'password'],
  ['Who can see my conversations?', 'privacy'],
  ['Mes discussions sont-elles chiffrées ?', 'privacy'],
  ['Where is my data stored?', 'data'],
  ['Où sont mes données ?', 'data'],
  ['Why does it want a keychain?', 'keychain'],
  ['À quoi sert le trousseau ?', 'keychain'],
  ['Which keyboard shortcuts are there?', 'shortcuts'],
  ['Quels sont les raccourcis ?', 'shortcuts'],
  ['How can I rename an old chat?', 'history'],
  ['Comment retrouver l’historique ?', 'history'],
  ['Is there a dark mode?', 'language'],
  ['Comment changer de langue ?', 'language'],
  ['Can it run headless behind nginx?', 'headless'],
  ['Peut-il tourner sans fenêtre ?', 'headless'],
  ['How do I make a backup?', 'backup'],
  ['Comment faire une sauvegarde ?', 'backup'],
  ['Does it work without internet?', 'offline'],
  ['Que marche-t-il hors ligne ?', 'offline'],
  ['It does not work!', 'problems'],
  ['Ça ne marche pas', 'problems'],
];

describe('finding topics', () => {
  it.each(QUESTIONS)('%s → %s', (question, topic) => {
    const finding = findTopics(question, null);
    expect(finding.kind === 'topics' ? finding.topics[0] : finding.kind).toBe(topic);
  });

  it('is tested for every topic', () => {
    expect(new Set(QUESTIONS.map(([, topic]) => topic))).toEqual(new Set(TOPIC_IDS));
  });

  it.each(['Write me a poem about cats', 'Quelle est la capitale de la France ?', '2 + 2', '', '🙂'])(
    'does not pretend to know: %j',
    (question) => {
      expect(findTopics(question, 'How do I use Ollama?')).toEqual({ kind: 'unknown' });
    },
  );

  it.each(['tell me more', 'And then?', 'Why?', 'Dis-m’en plus', 'et ensuite ?'])(
    'understands what follows a question: %s',
    (question) => {
      expect(findTopics(question, 'How do I use Ollama?')).toEqual({ kind: 'more', topic: 'local' });
      expect(findTopics(question, null)).toEqual({ kind: 'unknown' });
    },
  );

  it('knows its manners', () => {
    expect(findTopics('Bonjour !', null).kind).toBe('hello');
    expect(findTopics('help', null).kind).toBe('hello');
    expect(findTopics('Thank you!', null).kind).toBe('thanks');
  });

  it('finds any topic by its own title, in both languages', () => {
    for (const id of TOPIC_IDS) {
      for (const texts of [ENGLISH, FRENCH]) {
        const finding = findTopics(texts.topics[id].title, null);
        expect([texts.topics[id].title, finding.kind === 'topics' ? finding.topics : []]).toEqual([
          texts.topics[id].title,
          expect.arrayContaining([id]),
        ]);
      }
    }
  });

  it('compares in the form in which it searches', () => {
    const words = Object.values(KEYWORDS).flatMap(({ strong, weak }) => [...strong, ...weak]);
    expect(words.filter((word) => !/^\.?[a-z0-9_.+]+( [a-z0-9_.+]+)*$/.test(word))).toEqual([]);
    for (const [id, related] of Object.entries(RELATED)) expect(related).not.toContain(id);
  });

  it('takes the language of the question, and the person’s when that is unclear', () => {
    expect(languageOf('Comment ça marche ?', 'en')).toBe('fr');
    expect(languageOf('How does it work?', 'fr')).toBe('en');
    expect(languageOf('Ollama', 'fr')).toBe('fr');
    expect(languageOf('Ollama', 'en')).toBe('en');
  });

  it('stays quick with any input', () => {
    const started = performance.now();
    findTopics(`${'and '.repeat(50_000)}x`, 'ok '.repeat(50_000));
    expect(performance.now() - started).toBeLessThan(500);
  });
});

describe('the texts', () => {
  it.each(['en', 'fr'] as const)('always say first what answers here (%s)', (locale) => {
    const label = { en: 'built-in guide, not a language model', fr: 'guide intégré de Foyer, pas un modèle' };
    for (const finding of [
      { kind: 'topics', topics: ['foyer'] },
      { kind: 'more', topic: 'data' },
      { kind: 'hello' },
      { kind: 'thanks' },
      { kind: 'unknown' },
    ] as const) {
      expect(writeAnswer(finding, locale).split('\n')[0]).toContain(label[locale]);
    }
  });

  it('list every topic when nothing fits', () => {
    const answer = writeAnswer({ kind: 'unknown' }, 'fr');
    for (const id of TOPIC_IDS) expect(answer).toContain(`- ${FRENCH.topics[id].title}`);
  });

  it('are proper French', () => {
    const all = [
      ...Object.values(FRENCH.topics).flatMap(({ title, answer }) => [title, answer]),
      FRENCH.hello,
      FRENCH.thanks,
      FRENCH.unknown,
      FRENCH.noMore('x'),
      FRENCH.seeAlso(['x']),
    ];
    for (const text of all) {
      const prose = text.replaceAll(/```.*?```|`[^`]*`/gs, '…').replaceAll(/\|[ :|-]*---[ :|-]*\|/g, '');
      expect(prose).not.toMatch(/'|"| [;:?!]|[^\s\u00a0*][;?!]/);
      expect(prose).not.toMatch(/[^\u00a0]:(?!\/\/)/);
    }
  });
});

describe('a conversation with the guide', () => {
  it('is streamed like any answer, through the same runner, with a real tool', async () => {
    const conversation = await startConversation({ kind: 'guide' });
    const { events, items, texts, error } = await conversation.ask('How do I connect Ollama?');
    expect(error).toBeNull();
    expect(violations(events)).toEqual([]);
    expect(items.map((item) => item.type)).toEqual(['workflow', 'assistant_message']);
    expect(items[0]).toMatchObject({
      workflow: {
        tasks: [{ type: 'custom', title: 'Looking it up in the guide', status_indicator: 'complete' }],
      },
    });
    expect(texts[0]).toMatch(/^\*This is Foyer’s built-in guide, not a language model\.\*/);
    expect(texts[0]).toContain('http://localhost:11434/v1');
    expect(conversation.logged[0]).toMatch(/^answer \(guide\) complete .* 0 tokens in, 0 tokens out$/);
  });

  it('goes on in the person’s language and remembers what it spoke of', async () => {
    const conversation = await startConversation({ kind: 'guide' });
    const first = await conversation.ask('Comment faire une sauvegarde ?', { locale: 'fr' });
    expect(first.texts[0]).toContain('## Sauvegarde et déménagement');
    expect(JSON.stringify(first.items[0])).toContain('Recherche dans le guide');
    const second = await conversation.ask('Dis-m’en plus', { locale: 'fr' });
    expect(second.texts[0]).toContain('C’est tout ce que je sais sur **Sauvegarde et déménagement**');
    const third = await conversation.ask('And what about my password?', { locale: 'fr' });
    expect(third.texts[0]).toContain('## Passwords');
  });

  it('streams at its pace, and stops at once', async () => {
    const conversation = await startConversation({ kind: 'guide' }, { guidePaceMs: 15 });
    const stop = new AbortController();
    const times: number[] = [];
    const { events, error } = await conversation.ask('What can Foyer do?', {
      signal: stop.signal,
      onEvent: (event) => {
        if (event.type === 'thread.item.updated') times.push(performance.now());
        if (times.length === 8) stop.abort();
        return true;
      },
    });
    const stopped = performance.now();
    expect(error).toBeNull();
    expect(events.some((e) => e.type === 'thread.item.done' && e.item.type === 'assistant_message')).toBe(
      false,
    );
    expect((times.at(-1) ?? 0) - (times[2] ?? 0)).toBeGreaterThan(40);
    expect(stopped - (times.at(-1) ?? 0)).toBeLessThan(150);
  });
});
