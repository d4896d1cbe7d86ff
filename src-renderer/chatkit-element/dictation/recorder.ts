/** Records speech and has it written down (protocol §2.16). One recorder for one composer. */
import { isAbort } from '../errors.ts';
import { createStore, type ReadableStore } from '../state/store.ts';
import { listenToLevel } from './level.ts';

/** A longer recording stops by itself and is written down. */
export const LONGEST_RECORDING_MS = 5 * 60_000;

/** Plenty for speech, and the longest recording stays under a megabyte on the wire. */
const BITS_PER_SECOND = 16_000;

/** What the protocol takes, the preferred first. */
const MIME_TYPES = ['audio/webm;codecs=opus', 'audio/mp4', 'audio/ogg;codecs=opus', 'audio/webm'];

export type DictationFailure = 'denied' | 'no_microphone' | 'unsupported' | 'nothing' | 'failed';

export type DictationState =
  | { kind: 'idle' }
  /** The browser asks the person for the microphone. */
  | { kind: 'asking' }
  /** `level` from 0 to 1, `elapsed` in seconds. */
  | { kind: 'recording'; level: number; elapsed: number }
  | { kind: 'transcribing' }
  | { kind: 'failed'; reason: DictationFailure };

export interface Recorder {
  readonly state: ReadableStore<DictationState>;
  start(): Promise<void>;
  /** Ends the recording and has it written down. */
  finish(): void;
  /** Ends everything and throws the sound away; also takes a failure off the screen. */
  cancel(): void;
}

export interface RecorderSetup {
  transcribe(audio: { audio_base64: string; mime_type: string }, signal: AbortSignal): Promise<string>;
  onText(text: string): void;
}

export function createRecorder({ transcribe, onText }: RecorderSetup): Recorder {
  const store = createStore<DictationState>({ kind: 'idle' });
  let current: { stop: AbortController; recorder: MediaRecorder | null } | null = null;
  const fail = (reason: DictationFailure) => {
    current = null;
    store.update(() => ({ kind: 'failed', reason }));
  };

  async function record(stream: MediaStream, stop: AbortController): Promise<Blob> {
    const mimeType = MIME_TYPES.find((type) => MediaRecorder.isTypeSupported(type));
    const recorder = new MediaRecorder(stream, {
      audioBitsPerSecond: BITS_PER_SECOND,
      ...(mimeType === undefined ? {} : { mimeType }),
    });
    if (current !== null) current.recorder = recorder;
    const begun = performance.now();
    const silence = listenToLevel(stream, (level) => {
      const elapsed = Math.floor((performance.now() - begun) / 1000);
      store.updateSoon((state) => (state.kind === 'recording' ? { ...state, level, elapsed } : state));
    });
    const limit = setTimeout(() => recorder.state !== 'inactive' && recorder.stop(), LONGEST_RECORDING_MS);
    const chunks: Blob[] = [];
    try {
      await new Promise<void>((resolve, reject) => {
        recorder.ondataavailable = ({ data }) => chunks.push(data);
        recorder.onstop = () => resolve();
        recorder.onerror = () => reject(new Error('The recording broke off.'));
        stop.signal.addEventListener('abort', () => recorder.state !== 'inactive' && recorder.stop());
        recorder.start();
        store.update(() => ({ kind: 'recording', level: 0, elapsed: 0 }));
      });
    } finally {
      clearTimeout(limit);
      silence();
      for (const track of stream.getTracks()) track.stop();
    }
    return new Blob(chunks, { type: recorder.mimeType });
  }

  async function run(stop: AbortController) {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    if (stop.signal.aborted) {
      for (const track of stream.getTracks()) track.stop();
      return;
    }
    const sound = await record(stream, stop);
    if (stop.signal.aborted) return;
    store.update(() => ({ kind: 'transcribing' }));
    const audio = { audio_base64: await base64(sound), mime_type: sound.type };
    const text = (await transcribe(audio, stop.signal)).trim();
    if (stop.signal.aborted) return;
    if (text === '') return fail('nothing');
    current = null;
    store.update(() => ({ kind: 'idle' }));
    onText(text);
  }

  return {
    state: store,
    async start() {
      if (current !== null) return;
      if (!('MediaRecorder' in globalThis) || navigator.mediaDevices === undefined)
        return fail('unsupported');
      const stop = new AbortController();
      current = { stop, recorder: null };
      store.update(() => ({ kind: 'asking' }));
      try {
        await run(stop);
      } catch (thrown) {
        if (!stop.signal.aborted && !isAbort(thrown)) fail(reasonOf(thrown));
      }
    },
    finish() {
      if (current?.recorder?.state === 'recording') current.recorder.stop();
    },
    cancel() {
      current?.stop.abort();
      current = null;
      store.update(() => ({ kind: 'idle' }));
    },
  };
}

function reasonOf(thrown: unknown): DictationFailure {
  if (!(thrown instanceof DOMException)) return 'failed';
  if (thrown.name === 'NotAllowedError' || thrown.name === 'SecurityError') return 'denied';
  return thrown.name === 'NotFoundError' ? 'no_microphone' : 'failed';
}

/** The bytes of a recording as the protocol carries them. */
async function base64(sound: Blob): Promise<string> {
  const bytes = new Uint8Array(await sound.arrayBuffer());
  let text = '';
  // In parts: a call takes only so many arguments.
  for (let at = 0; at < bytes.length; at += 8192) {
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  }
  return btoa(text);
}
