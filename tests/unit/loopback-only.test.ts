import { expect, it } from 'vitest';

it('refuses connections that leave this machine', async () => {
  await expect(fetch('http://192.0.2.1/')).rejects.toThrow();
  const cause = await fetch('http://192.0.2.1/').catch((e: Error) => String(e.cause));
  expect(cause).toContain('only loopback is allowed');
});
