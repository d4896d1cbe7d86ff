/**
 * Drives the real OS keychain from a process of its own, because a bus is chosen once per process and the native
 * module can take its process down: `node probe.ts get:ACCOUNT set:ACCOUNT=SECRET delete:ACCOUNT list status …`
 * prints one JSON line per step.
 */
import { KeychainError } from '../keychain.ts';
import { osKeychain } from '../os-keychain.ts';

const keychain = osKeychain(undefined, 5_000);

function step(text: string): Promise<unknown> {
  const [verb, argument = ''] = text.split(/:(.*)/s);
  if (verb === 'get') return keychain.get(argument);
  if (verb === 'delete') return keychain.delete(argument);
  if (verb === 'list') return keychain.list();
  if (verb === 'status') return keychain.status().then(({ kind }) => kind);
  if (verb !== 'set') throw new Error(`unknown step ${text}`);
  const [account = '', secret = ''] = argument.split(/=(.*)/s);
  return keychain.set(account, secret).then(() => 'set');
}

for (const text of process.argv.slice(2)) {
  const said = await step(text).catch((error: unknown) =>
    error instanceof KeychainError ? `refused: ${error.problem.kind}` : `threw: ${String(error)}`,
  );
  console.log(JSON.stringify(said));
}
