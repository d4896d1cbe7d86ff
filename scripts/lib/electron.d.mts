/** Path of an Electron binary that is already here, or null. */
export function electronBinary(): string | null;
/** Fetches the Electron binary once; null when that does not work. */
export function downloadElectron(): string | null;
/** Why no window can be opened here, in a few words, or null when one can. */
export function noDisplayReason(): string | null;
