/** Widgets: their components, actions, and the tolerant form in which they travel (protocol §7). */
export * from './actions.ts';
export { type ComponentName, type ComponentProps, componentSchemas } from './components.ts';
export * from './node.ts';
