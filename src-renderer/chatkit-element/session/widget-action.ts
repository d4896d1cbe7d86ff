import type { ActionConfig, WidgetItem } from '../../../src-shared/chatkit/index.ts';
import { ChatKitError } from '../errors.ts';
import type { ResolvedOptions } from '../options/resolve.ts';
import type { ThreadSession } from './session.ts';

type OnAction = NonNullable<ResolvedOptions['widgets']>['onAction'];

/** An action of a widget with everything that it may need. */
export interface WidgetActionRun {
  session: Pick<ThreadSession, 'syncAction' | 'customAction' | 'settled'>;
  item: WidgetItem;
  action: ActionConfig;
  /** The page's own handler (`widgets.onAction`). */
  onAction: OnAction;
}

/**
 * Brings an action to whoever handles it (protocol §7.2): the page, the server outside of the conversation, or the
 * server as a turn. Resolves when it is over, so that a spinner can last as long; rejects with what went wrong.
 */
export async function runWidgetAction({ session, item, action, onAction }: WidgetActionRun): Promise<void> {
  const { type, payload, handler, streaming } = action;
  const plain = payload === undefined ? { type } : { type, payload };
  if (handler === 'client') {
    if (onAction === undefined) {
      throw new ChatKitError('configuration', `The page has no widgets.onAction for "${type}".`);
    }
    // The widget came over the wire and was checked as far as our own types go; the page's types are narrower.
    const call: (action: object, source: object) => unknown = onAction as never;
    await call(plain, { id: item.id, widget: item.widget });
    return;
  }
  if (!streaming) return session.syncAction(plain, item.id);
  await session.customAction(plain, item.id);
  await session.settled;
}
