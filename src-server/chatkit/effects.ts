/** Small events that handlers send, and items that ask the person or the page for something. */

import type { z } from 'zod';
import {
  type ClientToolCallItem,
  type IconName,
  iconNameSchema,
  type StructuredInputItem,
  structuredQuestionSchema,
  type ThreadMetadata,
  type ThreadStreamEvent,
} from '../../src-shared/chatkit/index.ts';
import { newId } from './ids.ts';

/** For stores with ids of their own: `id` is theirs, from `generateItemId`. Default: an id of ours, and now. */
export interface NewItemOptions {
  readonly id?: string;
  readonly now?: () => Date;
}

/** Makes the page do something; `name` and `data` are between server and page (protocol §3). */
export function clientEffect(name: string, data: Readonly<Record<string, unknown>> = {}): ThreadStreamEvent {
  return { type: 'client_effect', name, data: { ...data } };
}

/** Says what is going on until the next item comes. @throws {z.ZodError} for an icon that does not exist */
export function progress(text: string, icon?: IconName): ThreadStreamEvent {
  return {
    type: 'progress_update',
    text,
    ...(icon === undefined ? {} : { icon: iconNameSchema.parse(icon) }),
  };
}

/** Tells the person something beside the conversation. @param message Markdown */
export function notice(
  level: 'info' | 'warning' | 'danger',
  message: string,
  title?: string,
): ThreadStreamEvent {
  return { type: 'notice', level, message, ...(title === undefined ? {} : { title }) };
}

/**
 * Asks the person questions in a form. The turn should end with it; the answers come with
 * `threads.add_structured_input`, and `respond` is called again (protocol §4.7, §5.2).
 *
 * @throws {z.ZodError} for questions that are none
 */
export function askQuestions(
  thread: Pick<ThreadMetadata, 'id'>,
  questions: readonly z.input<typeof structuredQuestionSchema>[],
  options: NewItemOptions = {},
): ThreadStreamEvent {
  const item: StructuredInputItem = {
    type: 'structured_input',
    id: options.id ?? newId('message'),
    thread_id: thread.id,
    created_at: (options.now?.() ?? new Date()).toISOString(),
    status: 'pending',
    inputs: questions.map((question) => structuredQuestionSchema.parse(question)),
  };
  return { type: 'thread.item.done', item };
}

/**
 * Asks the page to run a tool. The turn should end with it; the result comes with `threads.add_client_tool_output`, and
 * `respond` is called again (protocol §5.2).
 */
export function callClientTool(
  thread: Pick<ThreadMetadata, 'id'>,
  name: string,
  args: Readonly<Record<string, unknown>> = {},
  options: NewItemOptions & { readonly callId?: string } = {},
): ThreadStreamEvent {
  const item: ClientToolCallItem = {
    type: 'client_tool_call',
    id: options.id ?? newId('tool_call'),
    thread_id: thread.id,
    created_at: (options.now?.() ?? new Date()).toISOString(),
    status: 'pending',
    call_id: options.callId ?? newId('tool_call'),
    name,
    arguments: { ...args },
  };
  return { type: 'thread.item.done', item };
}
