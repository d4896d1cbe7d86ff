/** Model input in the shapes of the Responses API, as it goes over the wire (protocol §8.2). */
import type { ModelInput, UserPart } from './model-input.ts';

type InputPart =
  | { readonly type: 'input_text'; readonly text: string }
  | { readonly type: 'input_image'; readonly detail: 'auto'; readonly image_url: string }
  | { readonly type: 'input_file'; readonly filename: string; readonly file_data: string };

interface OutputPart {
  readonly type: 'output_text';
  readonly text: string;
  readonly annotations: readonly [];
  readonly logprobs: null;
}

/** One item of the request's `input`. */
export type ResponsesInputItem =
  | { readonly type: 'message'; readonly role: 'user'; readonly content: readonly InputPart[] }
  | { readonly type: 'message'; readonly role: 'assistant'; readonly content: readonly OutputPart[] }
  | {
      readonly type: 'function_call';
      readonly call_id: string;
      readonly name: string;
      readonly arguments: string;
    }
  | { readonly type: 'function_call_output'; readonly call_id: string; readonly output: string };

export function toResponsesInput(input: ModelInput): ResponsesInputItem[] {
  switch (input.type) {
    case 'user':
      return [{ type: 'message', role: 'user', content: input.parts.map(inputPart) }];
    case 'assistant': {
      const content = input.texts.map((text): OutputPart => {
        return { type: 'output_text', text, annotations: [], logprobs: null };
      });
      return [{ type: 'message', role: 'assistant', content }];
    }
    case 'tool': {
      const { callId: call_id, name, args, output } = input;
      return [
        { type: 'function_call', call_id, name, arguments: args },
        { type: 'function_call_output', call_id, output },
      ];
    }
  }
}

function inputPart(part: UserPart): InputPart {
  switch (part.type) {
    case 'text':
      return { type: 'input_text', text: part.text };
    case 'image':
      return { type: 'input_image', detail: 'auto', image_url: part.url };
    case 'file':
      return { type: 'input_file', filename: part.name, file_data: part.dataUrl };
  }
}
