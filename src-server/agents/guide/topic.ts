/** What the offline guide knows about. */
export const TOPIC_IDS = [
  'foyer',
  'first-steps',
  'connect',
  'variables',
  'openai',
  'local',
  'people',
  'password',
  'privacy',
  'data',
  'keychain',
  'shortcuts',
  'history',
  'language',
  'headless',
  'backup',
  'offline',
  'problems',
] as const;
export type TopicId = (typeof TOPIC_IDS)[number];

export interface TopicText {
  /** Names the topic in lists. */
  readonly title: string;
  /** Markdown. */
  readonly answer: string;
}

/** Everything the guide says in one language. */
export interface GuideTexts {
  readonly topics: Readonly<Record<TopicId, TopicText>>;
  /** Begins every answer. */
  readonly label: string;
  readonly hello: string;
  readonly thanks: string;
  /** Nothing fits: said before the list of topics. */
  readonly unknown: string;
  /** The person asks for more of a topic that is told already. */
  readonly noMore: (title: string) => string;
  readonly seeAlso: (titles: readonly string[]) => string;
}
