/** Who is asking, for one request. Every Store call takes it and every query is scoped by it. */
export interface RequestContext {
  /** The signed-in user; ids look like `usr_…`. */
  readonly userId: string;
  readonly role: Role;
  /** BCP 47 tag from Accept-Language, already narrowed to a language that Foyer speaks. */
  readonly locale: Locale;
  /** Aborts when the client goes away or the session ends; long work must listen to it. */
  readonly signal: AbortSignal;
}

export type Role = 'administrator' | 'user' | 'guest';

export type Locale = 'en' | 'fr';
