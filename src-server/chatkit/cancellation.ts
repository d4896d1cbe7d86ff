import type { ThreadItem, ThreadMetadata } from '../../src-shared/chatkit/index.ts';
import { hasText } from './pending.ts';
import type { Store } from './store.ts';

/** For the model only; no client ever sees it. */
const CANCELLED_NOTE =
  'The user cancelled the answer above while it was being written. Do not go on with it unless the user asks for that.';

/**
 * What is kept of a cancelled turn (protocol §1.7): assistant messages that have text, as far as they got, and a
 * hidden note for the model.
 */
export async function keepCancelledTurn<Context>(options: {
  store: Store<Context>;
  thread: ThreadMetadata;
  pending: readonly ThreadItem[];
  context: Context;
  now: () => Date;
}): Promise<void> {
  const { store, thread, context } = options;
  for (const item of options.pending) {
    if (item.type === 'assistant_message' && hasText(item))
      await store.addThreadItem(thread.id, item, context);
  }
  await store.addThreadItem(
    thread.id,
    {
      type: 'sdk_hidden_context',
      id: store.generateItemId('sdk_hidden_context', thread, context),
      thread_id: thread.id,
      created_at: options.now().toISOString(),
      content: CANCELLED_NOTE,
    },
    context,
  );
}
