/** Writes the guide's answers. */
import type { Locale } from '../../context.ts';
import { RELATED } from './keywords.ts';
import type { Finding } from './search.ts';
import { ENGLISH } from './texts-en.ts';
import { FRENCH } from './texts-fr.ts';
import { type GuideTexts, TOPIC_IDS, type TopicId } from './topic.ts';

const TEXTS: Readonly<Record<Locale, GuideTexts>> = { en: ENGLISH, fr: FRENCH };

/** Suggested to somebody who only says hello. */
const BEGINNINGS: readonly TopicId[] = ['foyer', 'first-steps', 'connect', 'people', 'privacy', 'shortcuts'];

/** A whole answer in Markdown. It always begins by saying what answers here. */
export function writeAnswer(finding: Finding, locale: Locale): string {
  const texts = TEXTS[locale];
  return [texts.label, ...body(finding, texts)].join('\n\n');
}

function body(finding: Finding, texts: GuideTexts): string[] {
  const title = (id: TopicId) => texts.topics[id].title;
  const list = (ids: readonly TopicId[]) => ids.map((id) => `- ${title(id)}`).join('\n');
  switch (finding.kind) {
    case 'topics': {
      const [first, ...others] = finding.topics;
      if (first === undefined) return [texts.unknown, list(TOPIC_IDS)];
      const next = [...new Set([...others, ...RELATED[first]])].slice(0, 3);
      return [
        `## ${title(first)}`,
        texts.topics[first].answer,
        texts.seeAlso(next.map((id) => `**${title(id)}**`)),
      ];
    }
    case 'more':
      return [texts.noMore(title(finding.topic)), list(RELATED[finding.topic])];
    case 'hello':
      return [texts.hello, list(BEGINNINGS)];
    case 'thanks':
      return [texts.thanks, list(BEGINNINGS)];
    case 'unknown':
      return [texts.unknown, list(TOPIC_IDS)];
  }
}
