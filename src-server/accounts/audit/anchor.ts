/**
 * The newest row of the audit, kept in the keychain as well: it shows when an older copy of `foyer.db` was put back,
 * which the database alone could not tell.
 */
import { type Keychain, KeychainError } from '../../keychain/index.ts';
import type { WriteAudit } from '../audit.ts';
import { type ChainHead, headText, isSame, parseHead } from './chain.ts';
import type { AuditWriter } from './writer.ts';

/** What the keychain remembers of the audit; `unknown`: it does not answer. */
export type Anchor =
  | { readonly state: 'known'; readonly head: ChainHead | null }
  | { readonly state: 'unknown' };

const accountOf = (installId: string) => `audit-head:${installId}`;

export async function readAnchor(keychain: Keychain, installId: string): Promise<Anchor> {
  try {
    const text = await keychain.get(accountOf(installId));
    return { state: 'known', head: text === null ? null : parseHead(text) };
  } catch (error) {
    if (error instanceof KeychainError) return { state: 'unknown' };
    throw error;
  }
}

/**
 * @returns compares the anchor with the rows, writes a row when an older copy was put back, and moves the anchor to the
 *   newest row. Does nothing without a key or while the keychain does not answer
 */
export function anchoring(options: {
  readonly keychain: Keychain;
  readonly installId: string;
  readonly writer: AuditWriter;
  readonly writeAudit: WriteAudit;
}): () => Promise<void> {
  const { keychain, installId, writer, writeAudit } = options;
  let present: ChainHead | null = null;

  const look = async (): Promise<boolean> => {
    const anchor = await readAnchor(keychain, installId);
    if (anchor.state === 'unknown') return false;
    present = anchor.head;
    if (present !== null && !isSame(writer.hashAt(present.sequence), present.hash)) {
      writeAudit({ action: 'audit.rolled_back', actorId: null, subjectId: null });
    }
    return true;
  };

  let looked = false;
  return async () => {
    if (writer.head() === null) return;
    looked ||= await look();
    const head = writer.head();
    if (!looked || head === null || (present !== null && headText(present) === headText(head))) return;
    try {
      await keychain.set(accountOf(installId), headText(head));
      present = head;
    } catch (error) {
      if (!(error instanceof KeychainError)) throw error;
    }
  };
}
