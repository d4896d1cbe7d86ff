import { useStrings } from './context.ts';
import { IconButton } from './IconButton.tsx';
import { SCROLLABLE } from './scrollable.ts';
import { useModal } from './use-modal.ts';

interface ImageDialogProps {
  src: string;
  name: string;
  /** The size of a drawing, in CSS pixels: it is shown as large as it was drawn, and scrolls. */
  drawn?: { width: number; height: number };
  onClose(): void;
}

/** The picture as large as the window allows. The browser's own modal dialog keeps the focus and gives it back. */
export function ImageDialog({ src, name, drawn, onClose }: ImageDialogProps) {
  const strings = useStrings();
  const dialog = useModal();
  return (
    <dialog ref={dialog} className="ck-lightbox" aria-label={name} onClose={onClose}>
      <header>
        <p dir="auto">{name}</p>
        <IconButton icon="close" label={strings.close} onClick={() => dialog.current?.close()} />
      </header>
      {drawn === undefined ? (
        // Named by the words above it.
        <img src={src} alt="" />
      ) : (
        <section className="ck-lightbox-drawing" aria-label={name} {...SCROLLABLE}>
          <img src={src} alt="" width={drawn.width} height={drawn.height} />
        </section>
      )}
    </dialog>
  );
}
