/** What the endpoint of the element's tests answers to a message. */
import { setTimeout as sleep } from 'node:timers/promises';
import { answer, type FakeThread, item, type Json } from './fake-chatkit-things.ts';

/** One step of an answer that a test has written; see {@link FakeChatKit.play}. */
export type Step = Json | number | Promise<void> | 'break';

/** The answer to messages that start with a word. */
export type Play = (threadId: string) => readonly Step[];

export interface Turn {
  readonly thread: FakeThread;
  readonly body: { readonly type: string; readonly params: Json };
  readonly send: (event: Json) => void;
  /** The client has closed the connection. */
  readonly gone: () => boolean;
  readonly play: (word: string) => Play | undefined;
  /** Opens when the test says so. */
  readonly gate: Promise<void>;
}

const LONG_ANSWER = `## A steady morning

Here is a plan that fits **ninety minutes** and leaves room for a walk.

1. Open the window and drink a glass of water.
2. Write down *three* things that matter today.
3. Work on the first one, with the phone in another room.

> Small steps, taken every day, go further than a leap.

| Part | Minutes | Why |
| --- | ---: | --- |
| Water and light | 10 | wakes the body |
| Notes | 15 | clears the head |
| First task | 65 | the real work |

\`\`\`ts
export function minutes(parts: readonly number[]): number {
  return parts.reduce((sum, part) => sum + part, 0);
}
\`\`\`

More on this at [the library](https://example.com/morning). Use \`minutes()\` to check the sum.
`;

/** Answers by the first word of a message, or by what a test has written. @returns whether the stream ends cleanly */
export async function script(text: string, { thread, body, send, gone, play, gate }: Turn): Promise<boolean> {
  const [word = ''] = text.split(' ');
  const keep = (done: Json) => {
    thread.items.push(done);
    send({ type: 'thread.item.done', item: done });
  };
  if (body.type === 'threads.add_client_tool_output') {
    await speak(thread, `The page says ${JSON.stringify(body.params.result)}.`, send, gone);
    return true;
  }
  const steps = play(word);
  if (steps !== undefined) {
    for (const step of steps(thread.id)) {
      if (step === 'break') return false;
      if (typeof step === 'number') await sleep(step);
      else if (step instanceof Promise) await step;
      else {
        if (step.type === 'thread.item.done') thread.items.push(step.item as Json);
        send(step);
      }
    }
    return true;
  }
  switch (word) {
    case 'long':
      await speak(thread, LONG_ANSWER, send, gone);
      return true;
    case 'slow':
    case 'nocancel':
      await speak(thread, 'word '.repeat(1200), send, gone, 20);
      return true;
    case 'echo':
      await speak(thread, text.slice('echo '.length), send, gone, 2, gate);
      return true;
    case 'gate,':
      await speak(thread, LONG_ANSWER, send, gone, 4, gate);
      return true;
    case 'wait':
      await sleep(3000);
      return true;
    case 'error':
      await speak(thread, 'This part arrived.', send, gone);
      send({ type: 'error', code: 'stream.error', allow_retry: true });
      return true;
    case 'custom-error':
      send({
        type: 'error',
        code: 'custom',
        message: 'The model is resting until noon.',
        allow_retry: false,
      });
      return true;
    case 'break': {
      const half = answer(thread.id, '');
      send({ type: 'thread.item.added', item: half });
      send({
        type: 'thread.item.updated',
        item_id: half.id,
        update: {
          type: 'assistant_message.content_part.text_delta',
          content_index: 0,
          delta: 'Half an ans',
        },
      });
      // Long enough for a busy page to read it: a broken body loses what nobody has read yet.
      await sleep(500);
      return false;
    }
    case 'tool':
      keep(
        item('client_tool_call', thread.id, {
          status: 'pending',
          call_id: 'call_1',
          name: 'read_page',
          arguments: { part: 'title' },
        }),
      );
      return true;
    case 'steps': {
      const workflow = item('workflow', thread.id, {
        workflow: { type: 'reasoning', tasks: [], expanded: false },
      });
      send({ type: 'thread.item.added', item: workflow });
      const task = {
        type: 'thought',
        content: 'The question is about **time**.',
        title: 'Weighing the options',
      };
      send({
        type: 'thread.item.updated',
        item_id: workflow.id,
        update: { type: 'workflow.task.added', task_index: 0, task },
      });
      await sleep(200);
      keep({
        ...workflow,
        workflow: { type: 'reasoning', tasks: [task], summary: { duration: 4 }, expanded: false },
      });
      send({ type: 'progress_update', text: 'Looking things up', icon: 'search' });
      await sleep(100);
      keep(
        item('widget', thread.id, {
          widget: {
            type: 'Card',
            children: [
              { type: 'Title', value: 'Lisbon in May' },
              { type: 'Text', value: '21 degrees, light wind' },
              { type: 'Button', label: 'Book a table' },
            ],
          },
        }),
      );
      keep(
        item('task', thread.id, {
          task: { type: 'web_search', title_query: 'weather lisbon may', queries: [] },
        }),
      );
      send({
        type: 'notice',
        level: 'warning',
        title: 'Almost full',
        message: 'You have **3** answers left.',
      });
      await speak(thread, 'Bring a light jacket.', send, gone);
      return true;
    }
    case 'effect':
      send({ type: 'client_effect', name: 'ping', data: { n: 1 } });
      await speak(thread, 'See [the settings](chatkit-link://open-settings?tab=models).', send, gone);
      return true;
    case 'unknown':
      send({ type: 'thread.item.sparkled', item_id: 'x' });
      send({ type: 'thread.item.done', item: { id: 'future', type: 'hologram' } });
      await speak(thread, 'Still here.', send, gone);
      return true;
    default:
      await speak(thread, word === 'again' ? 'Here it is again.' : `You said: ${text}`, send, gone);
      return true;
  }
}

async function speak(
  thread: FakeThread,
  text: string,
  send: (event: Json) => void,
  gone: () => boolean,
  pause = 4,
  halfway: Promise<void> = Promise.resolve(),
): Promise<void> {
  const message = answer(thread.id, '');
  send({ type: 'thread.item.added', item: message });
  for (let at = 0; at < text.length && !gone(); at += 12) {
    const update = {
      type: 'assistant_message.content_part.text_delta',
      content_index: 0,
      delta: text.slice(at, at + 12),
    };
    send({ type: 'thread.item.updated', item_id: message.id, update });
    if (at > text.length / 2) await halfway;
    await sleep(pause);
  }
  const done = { ...message, content: [{ type: 'output_text', text, annotations: [] }] };
  thread.items.push(done);
  send({ type: 'thread.item.done', item: done });
}
