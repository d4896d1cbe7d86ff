/** Calls into the native keychain module: never for ever, never two at once, and with typed failures. */
import { KeychainError, type KeychainProblem } from './keychain.ts';

/** The part of keytar that is used. */
export interface NativeKeychain {
  getPassword(service: string, account: string): Promise<string | null>;
  setPassword(service: string, account: string, secret: string): Promise<void>;
  deletePassword(service: string, account: string): Promise<boolean>;
  findCredentials(service: string): Promise<{ account: string; password: string }[]>;
}

/** Runs one call. @throws {KeychainError} */
export type CallNative = <T>(use: (native: NativeKeychain) => Promise<T>) => Promise<T>;

const WAITING: KeychainProblem = {
  kind: 'locked',
  reason: 'The keychain did not answer in time; it may be waiting for somebody to unlock it.',
};

/**
 * A call that waits for a dialog holds one of the few threads that files and password hashing need too. So calls
 * queue, and while one that was given up still waits, the following ones fail at once.
 */
export function oneAtATime(load: () => Promise<NativeKeychain>, timeoutMs: number): CallNative {
  let loading: Promise<NativeKeychain> | null = null;
  let queue: Promise<unknown> = Promise.resolve();
  let busy = false;

  const run = async <T>(use: (native: NativeKeychain) => Promise<T>): Promise<T> => {
    if (busy) throw new KeychainError(WAITING);
    loading ??= load();
    const native = await loading.catch((error: unknown) => {
      throw new KeychainError({
        kind: 'unavailable',
        reason: `The system’s keychain library cannot be loaded (${firstLine(error)}).`,
      });
    });
    busy = true;
    const work = use(native)
      .catch((error: unknown) => {
        throw new KeychainError(explain(error));
      })
      .finally(() => {
        busy = false;
      });
    return withTimeout(work, timeoutMs);
  };

  return (use) => {
    const turn = queue.then(() => run(use));
    queue = turn.catch(() => undefined);
    return turn;
  };
}

/** Tells locked from absent by what Secret Service, macOS and Windows say. */
function explain(error: unknown): KeychainProblem {
  const said = firstLine(error);
  const locked =
    /\b(un)?locked\b|interaction is not allowed|\bcancell?ed\b|\bdismissed\b|passphrase you entered/i.test(
      said,
    );
  return locked
    ? { kind: 'locked', reason: `The keychain is locked (${said}).` }
    : { kind: 'unavailable', reason: `The system’s keychain does not answer (${said}).` };
}

function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return (message.split('\n')[0] ?? '').trim().replace(/\.$/, '');
}

async function withTimeout<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new KeychainError(WAITING)), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
