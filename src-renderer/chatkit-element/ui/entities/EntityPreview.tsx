import type { Entity } from '@openai/chatkit';
import { lazy, type RefObject, Suspense, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { toChatKitError } from '../../errors.ts';
import { Boundary } from '../Boundary.tsx';
import { usePage, useStrings } from '../context.ts';
import { type Preview, readPreview } from './preview.ts';

const WidgetPreview = lazy(async () => ({
  default: (await import('../widgets/WidgetPreview.tsx')).WidgetPreview,
}));

interface EntityPreviewProps {
  id: string;
  entity: Entity;
  anchor: RefObject<HTMLElement | null>;
  onClose(): void;
  onPointerEnter?(): void;
  onPointerLeave?(): void;
}

/** Room between the preview, what it belongs to, and the edges of the window, in pixels. */
const GAP = 8;

/** The host's preview of an entity, beside the place where it is mentioned and above everything else. */
export function EntityPreview({ id, entity, anchor, onClose, ...hover }: EntityPreviewProps) {
  const { controller } = usePage();
  const strings = useStrings();
  const place = useRef<HTMLDivElement>(null);
  const asked = useRef(entity);
  const [preview, setPreview] = useState<Preview>({ kind: 'loading' });

  useEffect(() => {
    let wanted = true;
    const request = async () => {
      const answer = await controller.options.entities?.onRequestPreview?.(asked.current);
      const read = readPreview(answer);
      if (read === null) throw new TypeError('onRequestPreview answered no Basic widget.');
      return read;
    };
    request().then(
      (read) => {
        if (wanted) setPreview(read);
      },
      (error) => {
        controller.emit('chatkit.error', { error: toChatKitError(error, 'configuration') });
        if (wanted) setPreview({ kind: 'failed' });
      },
    );
    return () => {
      wanted = false;
    };
  }, [controller]);
  useLayoutEffect(() => place.current?.showPopover?.(), []);
  useLayoutEffect(() => {
    const element = place.current;
    if (element === null) return;
    const settle = () => put(element, anchor.current);
    settle();
    const observer = new ResizeObserver(settle);
    observer.observe(element);
    return () => observer.disconnect();
  }, [anchor]);
  useEffect(() => {
    // What it belongs to moves away below it.
    const root = place.current?.getRootNode();
    const stop = new AbortController();
    const how = { capture: true, signal: stop.signal };
    const onScroll = (event: Event) => {
      if (event.target instanceof Node && place.current?.contains(event.target)) return;
      onClose();
    };
    root?.addEventListener('scroll', onScroll, how);
    document.addEventListener('scroll', onScroll, how);
    return () => stop.abort();
  }, [onClose]);

  return (
    <div ref={place} id={id} role="tooltip" popover="manual" className="ck-preview" dir="auto" {...hover}>
      {preview.kind === 'loading' && (
        <p className="ck-preview-note">
          <span className="ckw-spinner" aria-hidden="true" />
          {strings.previewLoading}
        </p>
      )}
      {preview.kind === 'none' && <p className="ck-preview-note">{strings.previewEmpty}</p>}
      {preview.kind === 'failed' && <p className="ck-preview-note">{strings.previewFailed}</p>}
      {preview.kind === 'ready' && (
        <Boundary
          onError={(error) => controller.emit('chatkit.error', { error: toChatKitError(error, 'protocol') })}
          fallback={() => <p className="ck-preview-note">{strings.previewFailed}</p>}
        >
          <Suspense fallback={<p className="ck-preview-note">{strings.previewLoading}</p>}>
            <WidgetPreview widget={preview.widget} />
          </Suspense>
        </Boundary>
      )}
    </div>
  );
}

/** Below the anchor where there is room, else above it; never beyond the window. */
function put(element: HTMLElement, anchor: HTMLElement | null): void {
  if (anchor === null) return;
  const at = anchor.getBoundingClientRect();
  const { width, height } = element.getBoundingClientRect();
  const below = at.bottom + GAP + height <= window.innerHeight || at.top < height + GAP;
  const start = getComputedStyle(element).direction === 'rtl' ? at.right - width : at.left;
  const left = Math.max(GAP, Math.min(start, window.innerWidth - width - GAP));
  element.style.left = `${left}px`;
  element.style.top = `${below ? at.bottom + GAP : at.top - height - GAP}px`;
}
