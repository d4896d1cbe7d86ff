/** Finds the topics of a question by its words. */
import type { Locale } from '../../context.ts';
import { KEYWORDS } from './keywords.ts';
import { ENGLISH } from './texts-en.ts';
import { FRENCH } from './texts-fr.ts';
import { TOPIC_IDS, type TopicId } from './topic.ts';

/** How a question is to be answered. */
export type Finding =
  /** Best topic first. */
  | { readonly kind: 'topics'; readonly topics: readonly TopicId[] }
  /** "Tell me more", with the topic that was spoken of. */
  | { readonly kind: 'more'; readonly topic: TopicId }
  | { readonly kind: 'hello' }
  | { readonly kind: 'thanks' }
  | { readonly kind: 'unknown' };

const STRONG = 4;
const WEAK = 1;
/** The title of a topic, as the guide itself lists it. */
const TITLE = 12;
/** Fewer points are chance. */
const ENOUGH = 2;

const HELLO =
  /^(?:hello|hi|hey|good (?:morning|evening|afternoon)|bonjour|bonsoir|salut|coucou|help$|aide$|menu$)\b/;
const THANKS = /^(?:thanks|thank you|thx|merci|super|great|parfait|perfect)\b/;
const MORE =
  /^(?:(?:and|et|ok|yes|oui|please|alors)\b[ ,]*)*(?:tell me more|more|go on|explain|details?|how|why|then|what else|again|plus|en savoir plus|dis m en plus|dites m en plus|continue[rz]?|explique[rz]?|comment|pourquoi|ensuite|et apres|encore|c est tout|is that all)?(?: (?:please|details?|about (?:it|that|this)|s il (?:te|vous) plait|ca|cela|exactement|exactly))*$/;

/**
 * @param previous the question before, which "tell me more" refers to
 */
export function findTopics(question: string, previous: string | null): Finding {
  const plain = simplify(question);
  const scored = score(plain);
  const [best] = scored;
  if (best !== undefined && best.points >= ENOUGH) {
    // A second topic is worth telling of only when it fits nearly as well.
    const close = scored
      .slice(1, 3)
      .filter(({ points }) => points >= STRONG && points * 3 >= best.points * 2);
    return { kind: 'topics', topics: [best.topic, ...close.map(({ topic }) => topic)] };
  }
  if (HELLO.test(plain)) return { kind: 'hello' };
  if (THANKS.test(plain)) return { kind: 'thanks' };
  if (previous !== null && plain !== '' && MORE.test(plain)) {
    const before = score(simplify(previous))[0];
    if (before !== undefined && before.points >= ENOUGH) return { kind: 'more', topic: before.topic };
  }
  return { kind: 'unknown' };
}

function score(plain: string): { readonly topic: TopicId; readonly points: number }[] {
  const text = ` ${plain} `;
  const count = (words: readonly string[]) => words.filter((word) => text.includes(` ${word}`)).length;
  return TOPIC_IDS.map((topic) => ({
    topic,
    points:
      TITLE * count([ENGLISH, FRENCH].map((texts) => simplify(texts.topics[topic].title))) +
      STRONG * count(KEYWORDS[topic].strong) +
      WEAK * count(KEYWORDS[topic].weak),
  }))
    .filter(({ points }) => points > 0)
    .sort((a, b) => b.points - a.points);
}

/** Lower case, without accents and punctuation; what names things (`llama.cpp`, `OPENAI_API_KEY`) stays whole. */
function simplify(text: string): string {
  return text
    .slice(0, 2_000)
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}_.+]+/gu, ' ')
    .replaceAll(/\.(?=\s|$)/g, '')
    .trim();
}

const FRENCH_WORDS = new Set(
  'bonjour bonsoir salut merci le la les des du une est sont je tu nous vous mon ma mes ton votre vos notre comment quoi quel quelle quels que qui ou pourquoi quand peut peux puis fait faire avec sans pour dans sur par pas ne se et mot passe cle donnees modele aide ajouter connecter personne sauvegarder langue francais hors ligne'.split(
    ' ',
  ),
);
const ENGLISH_WORDS = new Set(
  'hello hi hey thanks the a an is are i you we they my your our how what which who where why when can could do does with without for in of to from by not and it add connect person people password key data model help backup language english offline there tell'.split(
    ' ',
  ),
);

/** The language of a question; `fallback` when its words do not tell. */
export function languageOf(question: string, fallback: Locale): Locale {
  const words = simplify(question).split(' ');
  const french = words.filter((word) => FRENCH_WORDS.has(word)).length;
  const english = words.filter((word) => ENGLISH_WORDS.has(word)).length;
  if (french === english) return fallback;
  return french > english ? 'fr' : 'en';
}
