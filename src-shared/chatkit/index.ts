/**
 * The ChatKit wire protocol: zod schemas and the types inferred from them. The server and the element use the same
 * ones; nothing else in the project defines a wire type.
 */
export * from './attachments.ts';
export * from './common.ts';
export * from './content.ts';
export * from './events.ts';
export * from './icons.ts';
export * from './items.ts';
export * from './requests.ts';
export * from './structured-input.ts';
export * from './tasks.ts';
export * from './threads.ts';
export * from './widgets/index.ts';
