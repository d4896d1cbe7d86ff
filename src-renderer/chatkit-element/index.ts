import { ChatKitElement } from './element.ts';

export { ChatKitElement } from './element.ts';
export { ChatKitError, type ChatKitErrorCode } from './errors.ts';

/** The tag that `@openai/chatkit-react` renders. */
export const CHATKIT_TAG = 'openai-chatkit';

/**
 * Defines `<openai-chatkit>`. Call it before the first React render. Does nothing when the tag is taken, by us or by
 * OpenAI's own script: two definitions in one document would throw.
 */
export function defineChatKitElement(): void {
  if (customElements.get(CHATKIT_TAG) === undefined) customElements.define(CHATKIT_TAG, ChatKitElement);
}
