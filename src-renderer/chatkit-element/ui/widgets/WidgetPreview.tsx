import { useId, useMemo } from 'react';
import type { WidgetRoot } from '../../../../src-shared/chatkit/index.ts';
import { usePage, useStore } from '../context.ts';
import { SchemeContext, type WidgetScope, WidgetScopeContext } from './scope.ts';
import { WidgetNode } from './WidgetNode.tsx';

/** A widget to look at only: its controls start no actions, since it belongs to no item of the conversation. */
export function WidgetPreview({ widget }: { widget: WidgetRoot }) {
  const { controller } = usePage();
  const { options } = useStore(controller.app);
  const id = useId();
  const scope = useMemo<WidgetScope>(
    () => ({ id, streaming: false, labelled: new Set(), state: { kind: 'idle' }, run() {} }),
    [id],
  );
  return (
    <WidgetScopeContext value={scope}>
      <SchemeContext value={options.theme.colorScheme}>
        <fieldset className="ckw ck-preview-widget" disabled>
          <WidgetNode node={widget} depth={0} />
        </fieldset>
      </SchemeContext>
    </WidgetScopeContext>
  );
}
