/** Model input in the shapes of the SDK. */
import type { AgentInputItem, UserMessageItem } from '@openai/agents-core';
import type { ModelInput, UserPart } from './thread-items.ts';

type SdkUserPart = Exclude<UserMessageItem['content'], string>[number];

/**
 * Neighbouring messages of the user become one with several parts: the templates of some local models insist on turns.
 */
export function toSdkInput(input: readonly ModelInput[]): AgentInputItem[] {
  const items: AgentInputItem[] = [];
  let parts: UserPart[] = [];
  const flush = () => {
    if (parts.length > 0) items.push({ type: 'message', role: 'user', content: userContent(parts) });
    parts = [];
  };
  for (const piece of input) {
    if (piece.type === 'user') {
      parts.push(...piece.parts);
      continue;
    }
    flush();
    if (piece.type === 'assistant') {
      const content = piece.texts.map((text) => ({ type: 'output_text' as const, text }));
      items.push({ type: 'message', role: 'assistant', status: 'completed', content });
    } else {
      const name = piece.name.replaceAll(/[^\w-]/g, '_').slice(0, 64) || 'tool';
      const { callId } = piece;
      items.push(
        { type: 'function_call', callId, name, arguments: piece.args, status: 'completed' },
        { type: 'function_call_result', callId, name, output: piece.output, status: 'completed' },
      );
    }
  }
  flush();
  return items;
}

/** One text goes as a plain string, which every server understands. */
function userContent(parts: readonly UserPart[]): UserMessageItem['content'] {
  const [only] = parts;
  if (parts.length === 1 && only?.type === 'text') return only.text;
  return parts.map(
    (part): SdkUserPart =>
      part.type === 'text'
        ? { type: 'input_text', text: part.text }
        : { type: 'input_image', image: part.url, detail: 'auto' },
  );
}
