import { shell } from 'electron';
import { externalAddress } from './addresses.ts';

/** The one place that hands an address to the operating system. Silently refuses what must not be opened. */
export function openExternal(address: string): void {
  const checked = externalAddress(address);
  if (checked !== null) shell.openExternal(checked).catch(() => undefined);
}
