import type { ChatKitEvents } from '@openai/chatkit';

type Detail<K extends keyof ChatKitEvents> = ChatKitEvents[K] extends CustomEvent<infer D> ? D : never;

/** Emits one public event; void events travel with the default detail `null`. */
export type Emit = <K extends keyof ChatKitEvents>(
  name: K,
  ...detail: undefined extends Detail<K> ? [] : [Detail<K>]
) => void;

/** How long events wait for a first listener before they are dispatched to nobody, in milliseconds. */
export const LISTENER_GRACE_MS = 3000;

/**
 * Public events, held back until somebody can hear them. React attaches its listeners after the first `setOptions`,
 * at no predictable moment; an event dispatched earlier is lost. So events queue until the first `chatkit.*` listener
 * exists, leave in a microtask (by then the whole batch of listeners is attached), and, where nobody ever listens,
 * leave after {@link LISTENER_GRACE_MS} so that the queue cannot grow for ever.
 */
export interface PublicEvents {
  emit: Emit;
  /** Call from `addEventListener` with the name that was listened to. */
  listenerAdded(type: string): void;
}

export function createPublicEvents(target: EventTarget): PublicEvents {
  let queue: CustomEvent[] | null = [];
  let flushing = false;
  let grace: ReturnType<typeof setTimeout> | undefined;

  function flush() {
    clearTimeout(grace);
    const waiting = queue ?? [];
    queue = null;
    for (const event of waiting) target.dispatchEvent(event);
  }

  return {
    emit(name, ...detail) {
      const event = detail.length > 0 ? new CustomEvent(name, { detail: detail[0] }) : new CustomEvent(name);
      if (queue === null) {
        target.dispatchEvent(event);
        return;
      }
      queue.push(event);
      grace ??= setTimeout(flush, LISTENER_GRACE_MS);
    },
    listenerAdded(type) {
      if (queue === null || flushing || !type.startsWith('chatkit.')) return;
      flushing = true;
      queueMicrotask(flush);
    },
  };
}
