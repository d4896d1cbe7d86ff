import type { Shell } from 'electron';
import { externalAddress } from './addresses.ts';

/**
 * The one place that hands an address to the operating system.
 *
 * @returns a function that opens what may be opened, and silently refuses everything else
 */
export function externalOpener(shell: Pick<Shell, 'openExternal'>): (address: string) => void {
  return (address) => {
    const checked = externalAddress(address);
    if (checked !== null) shell.openExternal(checked).catch(() => undefined);
  };
}
