/** Policies: what roles and people may do, and the place where it is made sure. */
export { admission } from './admit.ts';
export { type EffectivePolicy, openPolicies, type Policies } from './policies.ts';
