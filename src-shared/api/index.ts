/** The REST interface of the embedded server, used by the server and by the pages. */
export * from './accounts.ts';
export * from './administration.ts';
export * from './audit.ts';
export * from './audit-report.ts';
export * from './drafts.ts';
export * from './errors.ts';
export * from './governance.ts';
export * from './licences.ts';
export * from './locking.ts';
export * from './people.ts';
export * from './personal-keys.ts';
export * from './pin-rules.ts';
export * from './sealing.ts';
export * from './search.ts';
export * from './second-factor.ts';
export * from './settings.ts';
export * from './status.ts';
