import type { Outcome } from '../run.ts';
export async function runUpload(kind: 'direct' | 'two_phase'): Promise<Outcome> {
  return { found: [{ path: kind, expected: 'an upload', actual: 'no attachments yet' }], rules: [] };
}
