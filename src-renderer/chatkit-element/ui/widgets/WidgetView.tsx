import { useEffect, useId, useMemo, useRef } from 'react';
import {
  authoredNodeSchema,
  type WidgetComponent,
  type WidgetItem,
} from '../../../../src-shared/chatkit/index.ts';
import { toChatKitError } from '../../errors.ts';
import { Boundary } from '../Boundary.tsx';
import { usePage, useStore } from '../context.ts';
import { Icon } from '../Icon.tsx';
import { SchemeContext, type WidgetScope, WidgetScopeContext } from './scope.ts';
import { useActions } from './use-actions.ts';
import { WidgetNode } from './WidgetNode.tsx';
import { WidgetWords } from './WidgetWords.tsx';

const MAX_DEPTH = 64;

/** The field names that `Label` components name. */
function labelledFields(node: WidgetComponent, names = new Set<string>(), depth = 0): ReadonlySet<string> {
  if (node.type === 'Label' && typeof node.fieldName === 'string') names.add(node.fieldName);
  const children = Array.isArray(node.children) ? node.children : [node.children];
  for (const child of depth < MAX_DEPTH ? children : []) {
    const parsed = authoredNodeSchema.safeParse(child);
    if (parsed.success) labelledFields(parsed.data, names, depth + 1);
  }
  return names;
}

interface WidgetViewProps {
  item: WidgetItem;
  /** More of the widget may come. */
  streaming: boolean;
}

/** A widget of the conversation, with controls that work (protocol §7). */
export function WidgetView({ item, streaming }: WidgetViewProps) {
  const { controller, language } = usePage();
  const { strings } = language;
  const { options } = useStore(controller.app);
  const id = useId();
  const { state, run } = useActions(item);
  const { widget } = item;
  const labelled = useMemo(() => labelledFields(widget), [widget]);
  const scope: WidgetScope = { id, streaming, labelled, state, run };
  const busy = state.kind === 'running' && state.loading === 'container';
  const place = useKeptFocus(state.kind === 'running' ? state.from : null);

  return (
    <Boundary
      onError={(error) => controller.emit('chatkit.error', { error: toChatKitError(error, 'protocol') })}
      fallback={() => (
        <section className="ck-card" data-item={item.id}>
          <WidgetWords node={widget} />
          <p className="ck-note">{strings.widgetBroken}</p>
        </section>
      )}
    >
      <WidgetScopeContext value={scope}>
        <SchemeContext value={options.theme.colorScheme}>
          <div className="ckw" data-item={item.id} ref={place} aria-busy={busy || undefined}>
            <div className="ckw-whole" inert={busy}>
              <WidgetNode node={widget} depth={0} />
            </div>
            {busy && (
              <p className="ckw-refused" role="status">
                {strings.widgetWorking}
              </p>
            )}
            {state.kind === 'refused' && <p className="ckw-refused">{strings.widgetBusy}</p>}
            {state.kind === 'failed' && (
              <p className="ckw-failed" role="alert">
                <Icon name="warning" size={16} />
                <span>
                  {strings.widgetFailed} {state.text}
                </span>
              </p>
            )}
          </div>
        </SchemeContext>
      </WidgetScopeContext>
    </Boundary>
  );
}

/** Gives the focus back to the control that started an action, when its widget was inert meanwhile and nothing has it. */
function useKeptFocus(from: Element | null) {
  const place = useRef<HTMLDivElement>(null);
  const started = useRef<Element | null>(null);
  useEffect(() => {
    if (from !== null) {
      started.current = from;
      return;
    }
    const control = started.current;
    started.current = null;
    const root = place.current?.getRootNode();
    if (!(control instanceof HTMLElement) || !control.isConnected || !(root instanceof ShadowRoot)) return;
    if (root.activeElement === null && root.host.ownerDocument.activeElement === document.body) {
      control.focus({ preventScroll: true });
    }
  }, [from]);
  return place;
}
