/** What a model gets to read, in a form that any API can be given. Holds no id of any provider. */
export type ModelInput =
  | { readonly type: 'user'; readonly parts: readonly UserPart[] }
  | { readonly type: 'assistant'; readonly texts: readonly string[] }
  /** A call of a tool and its result: always together. */
  | {
      readonly type: 'tool';
      readonly callId: string;
      readonly name: string;
      /** JSON. */
      readonly args: string;
      readonly output: string;
    };

/** One part of a message in the user's role. */
export type UserPart =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'image'; readonly url: string }
  | {
      readonly type: 'file';
      readonly name: string;
      readonly mimeType: string;
      /** `data:` and the bytes in base64. */
      readonly dataUrl: string;
    };

/** One message in the user's role. */
export function fromUser(...parts: UserPart[]): ModelInput {
  return { type: 'user', parts };
}

export function textPart(text: string): UserPart {
  return { type: 'text', text };
}

/** Wraps foreign text in a tag that it cannot close itself. */
export function wrap(tag: string, content: string): string {
  return `<${tag}>\n${content.replaceAll(`</${tag}`, `< /${tag}`)}\n</${tag}>`;
}
