import { useEffect, useRef, useState } from 'react';
import { usePage, useStore, useStrings } from '../context.ts';
import { Icon } from '../Icon.tsx';

/** Takes files that are dropped or pasted anywhere on the element, and shows that it would. */
export function FileDrop({ disabled }: { disabled: boolean }) {
  const { controller } = usePage();
  const strings = useStrings();
  const { options } = useStore(controller.app);
  const anchor = useRef<HTMLDivElement>(null);
  const [over, setOver] = useState(false);
  const active = options.composer?.attachments?.enabled === true && !disabled;

  useEffect(() => {
    const area = anchor.current?.closest<HTMLElement>('.ck');
    if (!active || !area) return;
    // Every child entered and left counts; the pointer is outside when they are even.
    let depth = 0;
    const settle = (next: number) => {
      depth = Math.max(0, next);
      setOver(depth > 0);
    };
    const listeners = {
      dragenter(event: DragEvent) {
        if (!carriesFiles(event.dataTransfer)) return;
        event.preventDefault();
        settle(depth + 1);
      },
      dragover(event: DragEvent) {
        if (!carriesFiles(event.dataTransfer)) return;
        event.preventDefault();
        if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy';
      },
      dragleave(event: DragEvent) {
        if (carriesFiles(event.dataTransfer)) settle(depth - 1);
      },
      drop(event: DragEvent) {
        if (!carriesFiles(event.dataTransfer)) return;
        event.preventDefault();
        settle(0);
        controller.attachFiles([...(event.dataTransfer?.files ?? [])]);
        controller.focusComposer();
      },
      paste(event: ClipboardEvent) {
        const { clipboardData } = event;
        // Office programs put a picture of the text beside the text: the text is what was meant.
        if (!carriesFiles(clipboardData) || clipboardData?.types.includes('text/plain')) return;
        event.preventDefault();
        event.stopPropagation();
        controller.attachFiles([...(clipboardData?.files ?? [])]);
      },
    };
    const stop = new AbortController();
    const how = { capture: true, signal: stop.signal };
    area.addEventListener('dragenter', listeners.dragenter, how);
    area.addEventListener('dragover', listeners.dragover, how);
    area.addEventListener('dragleave', listeners.dragleave, how);
    area.addEventListener('drop', listeners.drop, how);
    area.addEventListener('paste', listeners.paste, how);
    return () => {
      stop.abort();
      setOver(false);
    };
  }, [active, controller]);

  return (
    <div ref={anchor} className="ck-drop" data-over={over || undefined} aria-hidden="true">
      {over && (
        <p className="ck-drop-text">
          <Icon name="paperclip" size={28} />
          {strings.dropFiles}
        </p>
      )}
    </div>
  );
}

function carriesFiles(data: DataTransfer | null): boolean {
  return data?.types.includes('Files') ?? false;
}
