import { useRef } from 'react';
import { acceptAttribute } from '../../uploads/limits.ts';
import { usePage, useStore, useStrings } from '../context.ts';
import { IconButton } from '../IconButton.tsx';

/** Picks files for the draft. Nothing where the host has not turned attachments on. */
export function AttachButton({ disabled }: { disabled: boolean }) {
  const { controller } = usePage();
  const strings = useStrings();
  const { options } = useStore(controller.app);
  const input = useRef<HTMLInputElement>(null);
  const limits = options.composer?.attachments;
  if (limits === undefined || !limits.enabled || limits.maxCount === 0) return null;
  return (
    <>
      <IconButton
        icon="paperclip"
        label={strings.attach}
        disabled={disabled}
        onClick={() => input.current?.click()}
      />
      <input
        ref={input}
        type="file"
        hidden
        multiple={limits.maxCount > 1}
        accept={acceptAttribute(limits.accept)}
        onChange={({ currentTarget }) => {
          controller.attachFiles([...(currentTarget.files ?? [])]);
          // So that the same file can be chosen again.
          currentTarget.value = '';
          controller.focusComposer();
        }}
      />
    </>
  );
}
