/** Model input in the shapes of the SDK. */
import type { AgentInputItem, UserMessageItem } from '@openai/agents-core';
import type { ModelInput, UserPart } from './model-input.ts';

type SdkUserPart = Exclude<UserMessageItem['content'], string>[number];

/**
 * Neighbouring messages of the user become one with several parts: the templates of some local models insist on turns.
 */
export function toSdkInput(input: readonly ModelInput[]): AgentInputItem[] {
  const turns: ModelInput[] = [];
  for (const piece of input) {
    const before = turns.at(-1);
    if (piece.type === 'user' && before?.type === 'user') {
      turns[turns.length - 1] = { type: 'user', parts: [...before.parts, ...piece.parts] };
    } else {
      turns.push(piece);
    }
  }
  return turns.flatMap(toSdkItem);
}

/** One piece by itself. */
export function toSdkItem(input: ModelInput): AgentInputItem[] {
  switch (input.type) {
    case 'user':
      return [{ type: 'message', role: 'user', content: userContent(input.parts) }];
    case 'assistant': {
      const content = input.texts.map((text) => ({ type: 'output_text' as const, text }));
      return [{ type: 'message', role: 'assistant', status: 'completed', content }];
    }
    case 'tool': {
      const { callId, args, output } = input;
      const name = input.name.replaceAll(/[^\w-]/g, '_').slice(0, 64) || 'tool';
      return [
        { type: 'function_call', callId, name, arguments: args, status: 'completed' },
        { type: 'function_call_result', callId, name, output, status: 'completed' },
      ];
    }
  }
}

/** One text goes as a plain string, which every server understands. */
function userContent(parts: readonly UserPart[]): UserMessageItem['content'] {
  const [only] = parts;
  return parts.length === 1 && only?.type === 'text' ? only.text : parts.map(userPart);
}

function userPart(part: UserPart): SdkUserPart {
  switch (part.type) {
    case 'text':
      return { type: 'input_text', text: part.text };
    case 'image':
      return { type: 'input_image', image: part.url, detail: 'auto' };
    case 'file':
      return { type: 'input_file', file: part.dataUrl, filename: part.name };
  }
}
