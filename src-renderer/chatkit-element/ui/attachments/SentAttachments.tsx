import { useState } from 'react';
import type { Attachment } from '../../../../src-shared/chatkit/index.ts';
import { fill } from '../../i18n/strings.ts';
import { usePage, useStrings } from '../context.ts';
import { ImageDialog } from '../ImageDialog.tsx';
import { Picture, useImageSource } from './Thumbnail.tsx';

/** What went along with a message: pictures that open larger, other files by name. */
export function SentAttachments({ attachments }: { attachments: readonly Attachment[] }) {
  const strings = useStrings();
  if (attachments.length === 0) return null;
  return (
    <ul className="ck-sent-files" aria-label={strings.attachments}>
      {attachments.map((attachment) => (
        <li key={attachment.id}>
          {attachment.type === 'image' ? (
            <SentImage id={attachment.id} name={attachment.name} preview={attachment.preview_url} />
          ) : (
            <SentFile name={attachment.name} image={false} />
          )}
        </li>
      ))}
    </ul>
  );
}

function SentFile({ name, image }: { name: string; image: boolean }) {
  return (
    <span className="ck-file">
      <Picture src={null} image={image} />
      <span className="ck-file-text">
        <span className="ck-file-name" dir="auto">
          {name}
        </span>
      </span>
    </span>
  );
}

function SentImage({ id, name, preview }: { id: string; name: string; preview: string }) {
  const { controller } = usePage();
  const strings = useStrings();
  const [open, setOpen] = useState(false);
  const src = useImageSource(controller.uploads.local(id)?.picture ?? null, preview);
  if (src === null) return <SentFile name={name} image />;
  return (
    <>
      <button
        type="button"
        className="ck-sent-image"
        aria-label={fill(strings.openImage, { name })}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        <Picture src={src} image alt={name} />
      </button>
      {open && <ImageDialog src={src} name={name} onClose={() => setOpen(false)} />}
    </>
  );
}
