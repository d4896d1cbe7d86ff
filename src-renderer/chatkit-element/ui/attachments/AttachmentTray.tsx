import type { Attachment } from '../../../../src-shared/chatkit/index.ts';
import { fill } from '../../i18n/strings.ts';
import { pictureOf, type Upload } from '../../uploads/queue.ts';
import { usePage, useStore, useStrings } from '../context.ts';
import { errorText } from '../error-text.ts';
import { Icon } from '../Icon.tsx';
import { IconButton } from '../IconButton.tsx';
import { sizeText, violationText } from './file-text.ts';
import { ReadyFile } from './ReadyFile.tsx';
import { Thumbnail } from './Thumbnail.tsx';

/** The files of a draft: those that are there, on their way, or failed, and remarks about those turned away. */
export function AttachmentTray({
  threadId,
  attachments,
}: {
  threadId: string | null;
  attachments: readonly Attachment[];
}) {
  const { controller, language } = usePage();
  const strings = useStrings();
  const state = useStore(controller.uploads);
  const uploads = state.uploads.filter(({ draft }) => draft === threadId);
  const refusals = state.refusals.filter(({ draft }) => draft === threadId);
  return (
    <>
      <div role="alert" className="ck-refusals">
        {refusals.map(({ key, name, violation }) => (
          <div key={key} className="ck-refusal">
            <Icon name="warning" size={16} />
            <p dir="auto">{violationText(name, violation, strings, language.stringsLocale)}</p>
            <IconButton
              icon="close"
              label={strings.dismiss}
              size={16}
              className="ck-small"
              onClick={() => controller.uploads.dismiss(key)}
            />
          </div>
        ))}
      </div>
      {attachments.length + uploads.length > 0 && (
        <ul className="ck-files" aria-label={strings.attachments}>
          {attachments.map((attachment) => (
            <li key={attachment.id} className="ck-file">
              <DraftFile attachment={attachment} />
            </li>
          ))}
          {uploads.map((upload) => (
            <li
              key={upload.key}
              className="ck-file"
              data-failed={upload.state.kind === 'failed' || undefined}
            >
              <UploadingFile upload={upload} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function DraftFile({ attachment }: { attachment: Attachment }) {
  const { controller, language } = usePage();
  const local = controller.uploads.local(attachment.id);
  return (
    <ReadyFile
      attachment={attachment}
      remark={local === undefined ? undefined : sizeText(local.size, language.locale)}
      onRemove={() => {
        controller.detach(attachment.id);
        controller.focusComposer();
      }}
    />
  );
}

function UploadingFile({ upload }: { upload: Upload }) {
  const { controller, language } = usePage();
  const strings = useStrings();
  const { key, file, state } = upload;
  const picture = pictureOf(file);
  const size = sizeText(file.size, language.locale);
  return (
    <>
      <Thumbnail local={picture} preview={undefined} image={picture !== null} />
      <span className="ck-file-text">
        <span className="ck-file-name" dir="auto">
          {file.name}
        </span>
        {state.kind === 'failed' ? (
          <span className="ck-file-error" role="alert">
            {errorText(state.error, strings)}
          </span>
        ) : (
          <>
            <span className="ck-muted">{size}</span>
            <Progress
              label={fill(strings.uploading, { name: file.name })}
              fraction={state.kind === 'sending' ? state.fraction : null}
            />
          </>
        )}
      </span>
      {state.kind === 'failed' && (
        <IconButton
          icon="reload"
          label={fill(strings.retryUpload, { name: file.name })}
          size={16}
          className="ck-small"
          onClick={() => controller.uploads.retry(key)}
        />
      )}
      <IconButton
        icon="close"
        label={fill(state.kind === 'failed' ? strings.remove : strings.cancelUpload, { name: file.name })}
        size={16}
        className="ck-small"
        onClick={() => {
          controller.uploads.cancel(key);
          controller.focusComposer();
        }}
      />
    </>
  );
}

/** Without a fraction it only says that something is going on. */
function Progress({ label, fraction }: { label: string; fraction: number | null }) {
  const percent = fraction === null ? null : Math.round(fraction * 100);
  return (
    <span
      className="ck-file-progress"
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      {...(percent === null ? {} : { 'aria-valuenow': percent })}
    >
      <i
        className="ck-file-bar"
        data-unknown={percent === null || undefined}
        style={percent === null ? undefined : { inlineSize: `${percent}%` }}
      />
    </span>
  );
}
