import type { Attachment } from '../../../../src-shared/chatkit/index.ts';
import { fill } from '../../i18n/strings.ts';
import { usePage, useStrings } from '../context.ts';
import { IconButton } from '../IconButton.tsx';
import { Thumbnail } from './Thumbnail.tsx';

interface ReadyFileProps {
  attachment: Attachment;
  /** A remark below the name, such as the size. */
  remark?: string | undefined;
  onRemove(): void;
}

/** A file that the server has, and that can be taken out. */
export function ReadyFile({ attachment, remark, onRemove }: ReadyFileProps) {
  const { controller } = usePage();
  const strings = useStrings();
  const isImage = attachment.type === 'image';
  return (
    <>
      <Thumbnail
        local={controller.uploads.local(attachment.id)?.picture ?? null}
        preview={isImage ? attachment.preview_url : undefined}
        image={isImage}
      />
      <span className="ck-file-text">
        <span className="ck-file-name" dir="auto">
          {attachment.name}
        </span>
        {remark !== undefined && <span className="ck-muted">{remark}</span>}
      </span>
      <IconButton
        icon="close"
        label={fill(strings.remove, { name: attachment.name })}
        size={16}
        className="ck-small"
        onClick={onRemove}
      />
    </>
  );
}
