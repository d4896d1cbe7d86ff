import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { createRecorder, type DictationFailure } from '../../dictation/recorder.ts';
import type { Strings } from '../../i18n/strings.ts';
import { usePage, useStore, useStrings } from '../context.ts';
import { IconButton } from '../IconButton.tsx';

const FAILURES: Readonly<Record<DictationFailure, keyof Strings>> = {
  denied: 'dictationDenied',
  no_microphone: 'dictationNoMicrophone',
  unsupported: 'dictationUnsupported',
  nothing: 'dictationNothing',
  failed: 'dictationFailed',
};

interface DictationProps {
  disabled: boolean;
  onText(text: string): void;
  /** Told true while something is being recorded or written down. */
  onBusy(busy: boolean): void;
}

/**
 * Speaking instead of writing: a microphone button that becomes a small recorder. Mount it anew for another thread: what
 * is being recorded then is thrown away. Nothing where the host has not turned dictation on.
 */
export function Dictation(props: DictationProps) {
  const { controller } = usePage();
  const { options } = useStore(controller.app);
  if (options.composer?.dictation?.enabled !== true) return null;
  return <Recording {...props} />;
}

function Recording({ disabled, onText, onBusy }: DictationProps) {
  const { controller } = usePage();
  const strings = useStrings();
  const latest = useRef(onText);
  useLayoutEffect(() => {
    latest.current = onText;
  });
  const [recorder] = useState(() =>
    createRecorder({ transcribe: controller.transcribe, onText: (text) => latest.current(text) }),
  );
  useEffect(() => () => recorder.cancel(), [recorder]);
  const state = useStore(recorder.state);
  const busy = state.kind !== 'idle' && state.kind !== 'failed';
  useEffect(() => {
    onBusy(busy);
    return () => onBusy(false);
  }, [busy, onBusy]);
  const start = () => recorder.start().catch(() => {});
  const cancel = () => {
    recorder.cancel();
    controller.focusComposer();
  };

  if (state.kind === 'idle' || state.kind === 'failed') {
    return (
      <>
        <IconButton
          data-dictate=""
          icon="microphone"
          label={strings.dictate}
          disabled={disabled}
          onClick={start}
        />
        {state.kind === 'failed' && (
          <div role="alert" className="ck-dictation-failure">
            <p>{strings[FAILURES[state.reason]]}</p>
            <IconButton
              icon="close"
              label={strings.dismiss}
              size={16}
              className="ck-small"
              onClick={cancel}
            />
          </div>
        )}
      </>
    );
  }
  const text = { asking: strings.dictationAsking, recording: '', transcribing: strings.dictationWorking };
  return (
    <div className="ck-dictation">
      <IconButton icon="close" label={strings.dictationCancel} onClick={cancel} />
      <p role="status">
        {state.kind === 'recording' ? (
          <span className="ck-hidden">{strings.dictationRecording}</span>
        ) : (
          text[state.kind]
        )}
      </p>
      {state.kind === 'recording' && (
        <>
          <span className="ck-level" aria-hidden="true">
            <i className="ck-level-bar" style={{ inlineSize: `${Math.round(state.level * 100)}%` }} />
          </span>
          <time>{clock(state.elapsed)}</time>
          <IconButton icon="check" label={strings.dictationStop} onClick={() => recorder.finish()} />
        </>
      )}
    </div>
  );
}

/** Seconds as minutes and seconds. */
function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
