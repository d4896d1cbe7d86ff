import { lazy, Suspense, useState } from 'react';
import type { WidgetItem } from '../../../../src-shared/chatkit/index.ts';
import { toChatKitError } from '../../errors.ts';
import { Boundary } from '../Boundary.tsx';
import { usePage, useStrings } from '../context.ts';
import { WidgetWords } from './WidgetWords.tsx';

const load = () => import('./WidgetView.tsx').then(({ WidgetView }) => ({ default: WidgetView }));
const FirstTry = lazy(load);

interface LazyWidgetProps {
  item: WidgetItem;
  /** More of the widget may come. */
  streaming: boolean;
}

/** A widget. Its code is loaded with the first one; until then, and if that fails, its words are shown. */
export function LazyWidget({ item, streaming }: LazyWidgetProps) {
  const { controller } = usePage();
  const strings = useStrings();
  const [View, setView] = useState(() => FirstTry);
  return (
    <Boundary
      onError={(error) => controller.emit('chatkit.error', { error: toChatKitError(error) })}
      fallback={(retry) => (
        <section className="ck-card" data-item={item.id}>
          <WidgetWords node={item.widget} />
          <p className="ck-note">{strings.widgetBroken}</p>
          <button
            type="button"
            className="ck-button"
            onClick={() => {
              setView(() => lazy(load));
              retry();
            }}
          >
            {strings.retry}
          </button>
        </section>
      )}
    >
      <Suspense
        fallback={
          <section className="ck-card" aria-busy="true">
            <WidgetWords node={item.widget} />
          </section>
        }
      >
        <View item={item} streaming={streaming} />
      </Suspense>
    </Boundary>
  );
}
