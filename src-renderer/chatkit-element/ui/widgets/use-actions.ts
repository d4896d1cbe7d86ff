import { useEffect, useRef, useState } from 'react';
import type { WidgetItem } from '../../../../src-shared/chatkit/index.ts';
import { ChatKitError, isAbort, toChatKitError } from '../../errors.ts';
import { usePage } from '../context.ts';
import { collectValues, mergePayload, reportValidity } from './form-values.ts';
import { type ActionStart, type ActionState, FORM_MARK } from './scope.ts';

/** How long a widget says that it has to wait, in milliseconds. */
const REFUSAL_MS = 5000;

/** The actions of one widget: form values join the payload, one action at a time, failures are said. */
export function useActions(item: WidgetItem): { state: ActionState; run(start: ActionStart): void } {
  const { controller, language, announce } = usePage();
  const { strings } = language;
  const [state, setState] = useState<ActionState>({ kind: 'idle' });
  const busy = useRef(false);

  useEffect(() => {
    if (state.kind !== 'refused') return;
    const timer = setTimeout(() => setState({ kind: 'idle' }), REFUSAL_MS);
    return () => clearTimeout(timer);
  }, [state]);

  function run({ action, auto, from, values, validate }: ActionStart) {
    const { session } = controller.app.getSnapshot();
    const turns = action.handler === 'server' && action.streaming;
    if (busy.current || (turns && session.running)) {
      announce(strings.widgetBusy);
      if (!busy.current) setState({ kind: 'refused' });
      return;
    }
    const form = from.closest(`[${FORM_MARK}]`);
    if (validate === true && form !== null && !reportValidity(form)) return;
    const filled = { ...(form === null ? {} : collectValues(form)), ...values };
    const { payload, collisions } = mergePayload(action.payload, filled);
    if (collisions.length > 0) {
      const names = collisions.join(', ');
      const error = new ChatKitError('configuration', `The payload has no place for the fields ${names}.`);
      controller.emit('chatkit.error', { error });
    }
    const loading = action.loadingBehavior === 'auto' ? auto : action.loadingBehavior;
    busy.current = true;
    setState({ kind: 'running', loading, from });
    controller
      .widgetAction(item, { ...action, payload })
      .then(() => setState({ kind: 'idle' }))
      .catch((thrown: unknown) => {
        // A turn that failed says so below the conversation.
        if (turns || isAbort(thrown)) return setState({ kind: 'idle' });
        const error = toChatKitError(thrown);
        setState({ kind: 'failed', text: error.forPeople ? error.message : strings.widgetFailedHint });
      })
      .finally(() => {
        busy.current = false;
      });
  }

  return { state, run };
}
