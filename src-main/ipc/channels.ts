/** Names of the IPC channels; main and preload share nothing else. */

/** Asked by the page. */
export const SETUP_TOKEN = 'foyer:setup-token';
export const CANCEL_DOWNLOAD = 'foyer:cancel-download';
export const TAKE_PROPOSAL = 'foyer:take-proposal';

/** Told to the page. */
export const DOWNLOAD = 'foyer:download';
export const PROPOSAL = 'foyer:proposal';
