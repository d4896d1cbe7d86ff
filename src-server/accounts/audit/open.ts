/** The audit put together: its writer, its reader, and what makes sure of it. */
import type { Keychain } from '../../keychain/index.ts';
import type { AccountsDatabase, Atomically } from '../database.ts';
import type { InstallKey } from '../install-key.ts';
import type { Installation } from '../installation.ts';
import { anchoring, readAnchor } from './anchor.ts';
import { chainKey, headText } from './chain.ts';
import { openAuditReader } from './reader.ts';
import { HEAD_NAME, openAuditWriter } from './writer.ts';

/** Opens the audit; without the key of the installation its rows are chained by a later run. */
export async function openAudit(parts: {
  readonly database: AccountsDatabase;
  readonly atomically: Atomically;
  readonly installation: Installation;
  readonly installKey: InstallKey;
  readonly keychain: Keychain;
  readonly now: () => Date;
}) {
  const { database, installation, keychain } = parts;
  const key = chainKey(parts.installKey);
  // Asked for where nothing else tells whether there was a chain before; else only later, and nobody waits for it.
  const mayBegin = key !== null && installation.read(HEAD_NAME) === null;
  const anchor = mayBegin ? await readAnchor(keychain, installation.id) : null;
  const writer = openAuditWriter({
    ...parts,
    key,
    wasChained: anchor === null || anchor.state === 'unknown' || anchor.head !== null,
  });
  return {
    /** Writes down who did what. */
    writeAudit: writer.write,
    /** What was written down. */
    reader: openAuditReader(database),
    /** What the thread that checks the chain has to be given. */
    async check() {
      const remembered = await readAnchor(keychain, installation.id);
      const head = remembered.state === 'known' ? remembered.head : null;
      return { file: database.$client.name, key, anchor: head === null ? null : headText(head) };
    },
    /** Compares the audit with what the keychain remembers of it, and lets the keychain remember the newest row. */
    anchor: anchoring({ keychain, installId: installation.id, writer, writeAudit: writer.write }),
  };
}
