import type { Shell } from 'electron';
import { externalAddress } from './addresses.ts';

/** What the dialog shows of an address. */
export interface ExternalTarget {
  /** As it will be asked for: international names in the form that cannot be mistaken for another. */
  readonly host: string;
  /** The whole address, as it will be handed over. */
  readonly address: string;
}

/** The longest address that is handed on: longer ones cannot be shown whole. */
const MAX_LENGTH = 2_000;

/**
 * The one place that hands an address to the operating system.
 *
 * @param confirm asks the person, showing the target; not asked for mail addresses, where the mail program shows them
 * @returns a function that opens what may be opened, and silently refuses everything else
 */
export function externalOpener(
  shell: Pick<Shell, 'openExternal'>,
  confirm: (target: ExternalTarget) => Promise<boolean>,
): (address: string) => Promise<void> {
  let asking = false;
  return async (address) => {
    const checked = externalAddress(address);
    // One question at a time: a page that opens many gets no pile of dialogs.
    if (checked === null || checked.length > MAX_LENGTH || asking) return;
    asking = true;
    try {
      const { protocol, host } = new URL(checked);
      if (protocol !== 'mailto:' && !(await confirm({ host, address: checked }))) return;
      await shell.openExternal(checked);
    } catch {
      // No browser, or no mail program: the system says so itself where it can.
    } finally {
      asking = false;
    }
  };
}
