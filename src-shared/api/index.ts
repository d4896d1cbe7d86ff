/** The REST interface of the embedded server, used by the server and by the pages. */
export * from './accounts.ts';
export * from './drafts.ts';
export * from './errors.ts';
export * from './governance.ts';
export * from './locking.ts';
export * from './pin-rules.ts';
export * from './settings.ts';
export * from './status.ts';
