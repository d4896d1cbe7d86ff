import type { ReactNode, RefObject } from 'react';
import type { ApiResult } from '../api/failure.ts';
import { useI18n } from '../services.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions, DialogBody } from '../ui/dialog.tsx';
import { FailureBanner } from '../ui/failure-banner.tsx';
import type { IconName } from '../ui/icon.tsx';
import { useRequest } from './use-request.ts';

export interface ConfirmDialogProps {
  readonly title: string;
  /** What happens, what is kept and what is lost. */
  readonly children: ReactNode;
  /** The words on the button that does it, before and meanwhile. */
  readonly submit: string;
  readonly submitting: string;
  readonly icon?: IconName;
  readonly send: () => Promise<ApiResult<unknown>>;
  readonly onDone: () => void;
  readonly onClose: () => void;
  readonly returnFocusTo: RefObject<HTMLElement | null>;
}

/** Asks before something that ends or removes things. It stays open, and says why, when that fails. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { t } = useI18n();
  const request = useRequest();
  const send = async () => {
    const result = await request.run(props.send);
    if (result?.ok) props.onDone();
  };
  return (
    <Dialog
      title={props.title}
      onClose={props.onClose}
      locked={request.busy}
      returnFocusTo={props.returnFocusTo}
    >
      <DialogBody>
        <FailureBanner failure={request.failure} />
        {props.children}
      </DialogBody>
      <DialogActions>
        {!request.busy && (
          <Button data-autofocus onClick={props.onClose}>
            {t.common.cancel}
          </Button>
        )}
        <Button
          look="danger"
          {...(props.icon !== undefined && { icon: props.icon })}
          busy={request.busy}
          onClick={() => void send()}
        >
          {request.busy ? props.submitting : props.submit}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
