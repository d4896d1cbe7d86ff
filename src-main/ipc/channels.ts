/** Names of the IPC channels; main and preload share nothing else. */
export const SETUP_TOKEN = 'foyer:setup-token';
/** To the page: lock now. Carries nothing. */
export const LOCK = 'foyer:lock';
