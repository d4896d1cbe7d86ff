import * as argon2 from '@node-rs/argon2';
import { SignJWT } from 'jose';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ADA, addBob, BOB, bearerOf, cookieOf, house } from './testing/house.ts';

vi.mock('@node-rs/argon2', async (original) => {
  const real = await original<typeof argon2>();
  return { ...real, verify: vi.fn(real.verify), hash: vi.fn(real.hash) };
});

const { keychain, now, later, open, reopen, withAda, raw } = house();
const real = await vi.importActual<typeof argon2>('@node-rs/argon2');
afterEach(() => {
  vi.mocked(argon2.verify).mockReset().mockImplementation(real.verify);
  vi.mocked(argon2.hash).mockReset().mockImplementation(real.hash);
});

/** What an earlier Foyer, with cheaper parameters, would have left behind. */
async function weakenHash(userId: string, password: string): Promise<string> {
  const weak = await argon2.hash(password, { memoryCost: 8_192, timeCost: 1, parallelism: 1 });
  raw((database) => database.prepare('UPDATE users SET password_hash = ? WHERE id = ?').run(weak, userId));
  return weak;
}

const storedHash = (userId: string) =>
  raw((database) => database.prepare('SELECT password_hash FROM users WHERE id = ?').pluck().get(userId));

describe('signing in', () => {
  it('does the same work and writes the same row for an unknown address and a wrong password', async () => {
    const { accounts } = await withAda();
    const attempt = async (email: string) => {
      vi.mocked(argon2.verify).mockClear();
      const before = raw((database) => database.prepare('SELECT count(*) FROM audit').pluck().get());
      expect(await accounts.signIn({ email, password: 'not the password' })).toBeNull();
      const after = raw((database) => database.prepare('SELECT count(*) FROM audit').pluck().get());
      const costs = vi.mocked(argon2.verify).mock.calls.map(([hash]) => String(hash).slice(0, 31));
      return { costs, rows: Number(after) - Number(before) };
    };
    const known = await attempt(ADA.email);
    expect(known).toEqual({ costs: ['$argon2id$v=19$m=19456,t=2,p=1$'], rows: 1 });
    expect(await attempt('nobody@example.org')).toEqual(known);
  });

  it('takes addresses in any case and passwords in any Unicode form', async () => {
    const { accounts, ada } = await withAda();
    await accounts.createUser(ada, {
      email: ' René@Example.ORG ',
      password: 'é mon château',
      is_admin: false,
    });
    const signedIn = await accounts.signIn({
      email: 'rené@example.org',
      password: 'é mon château'.normalize('NFD'),
    });
    expect(signedIn?.user.email).toBe('rené@example.org');
    expect(
      await accounts.createUser(ada, { email: 'RENÉ@example.org', password: 'x', is_admin: true }),
    ).toEqual({ ok: false, error: 'email-taken' });
  });

  it('an administrator provisioned with capitals signs in, and is made once', async () => {
    const accounts = await open();
    const input = { email: 'Admin@Example.org', password: 'provisioned' };
    expect(await accounts.provisionAdministrator(input)).toBe('created');
    expect(await accounts.provisionAdministrator(input)).toBe('exists');
    expect(await accounts.signIn({ ...input, email: 'admin@example.org' })).not.toBeNull();
  });

  it('a damaged hash is a wrong password', async () => {
    const { accounts, ada } = await withAda();
    raw((database) => database.prepare("UPDATE users SET password_hash = 'damaged'").run());
    expect(await accounts.signIn(ADA)).toBeNull();
    expect(await accounts.changeOwnPassword(ada, ADA.password, 'new password')).toBe('wrong-password');
  });

  it('renews a hash made with older parameters, once', async () => {
    const { accounts, ada } = await withAda();
    const weak = await weakenHash(ada.user.id, ADA.password);
    expect(await accounts.signIn({ ...ADA, password: 'wrong' })).toBeNull();
    expect(storedHash(ada.user.id)).toBe(weak);
    expect(await accounts.signIn(ADA)).not.toBeNull();
    const renewed = storedHash(ada.user.id);
    expect(renewed).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await accounts.signIn(ADA)).not.toBeNull();
    expect(storedHash(ada.user.id)).toBe(renewed);
  });

  it('never brings back a password that was reset while the old one was being renewed', async () => {
    const { accounts, ada } = await withAda();
    const bob = await addBob(accounts, ada);
    await weakenHash(bob, BOB.password);
    const renewing = Promise.withResolvers<void>();
    const resume = Promise.withResolvers<void>();
    vi.mocked(argon2.hash).mockImplementationOnce(async (...args) => {
      renewing.resolve();
      await resume.promise;
      return real.hash(...args);
    });
    const signingIn = accounts.signIn(BOB);
    await renewing.promise;
    await accounts.updateUser(ada, bob, { password: 'after the reset' });
    resume.resolve();
    expect(await signingIn).toBeNull();
    expect(await accounts.signIn(BOB)).toBeNull();
    expect(await accounts.signIn({ ...BOB, password: 'after the reset' })).not.toBeNull();
  });

  it.each(['with', 'without'])(
    'ends in nothing for somebody deleted meanwhile (%s renewal)',
    async (renewal) => {
      const { accounts, ada } = await withAda();
      const bob = await addBob(accounts, ada);
      if (renewal === 'with') await weakenHash(bob, BOB.password);
      const step = renewal === 'with' ? argon2.hash : argon2.verify;
      const reached = Promise.withResolvers<void>();
      const resume = Promise.withResolvers<void>();
      const original = renewal === 'with' ? real.hash : real.verify;
      vi.mocked(step as typeof argon2.verify).mockImplementationOnce(async (...args) => {
        reached.resolve();
        await resume.promise;
        return (original as typeof argon2.verify)(...args);
      });
      const signingIn = accounts.signIn(BOB);
      await reached.promise;
      expect((await accounts.deleteUser(ada, bob)).ok).toBe(true);
      resume.resolve();
      expect(await signingIn).toBeNull();
      expect(() => accounts.dataKey(bob)).toThrow();
    },
  );
});

describe('finding out who calls', () => {
  it.each([
    { kind: 'cookie', value: '' },
    { kind: 'cookie', value: 'x'.repeat(100_000) },
    { kind: 'cookie', value: "' OR 1=1 --" },
    { kind: 'bearer', value: '' },
    { kind: 'bearer', value: 'a.b.c' },
    { kind: 'bearer', value: 'eyJhbGciOiJub25lIn0.e30.' },
    { kind: 'bearer', value: '\u0000' },
  ] as const)('refuses nonsense ($kind)', async (credential) => {
    const { accounts } = await withAda();
    expect(await accounts.authenticate(credential)).toBeNull();
  });

  it('does not take one credential for the other', async () => {
    const { accounts, signedIn } = await withAda();
    expect(await accounts.authenticate({ kind: 'cookie', value: signedIn.accessToken })).toBeNull();
    expect(await accounts.authenticate({ kind: 'bearer', value: signedIn.cookieSecret })).toBeNull();
    expect(await accounts.authenticate({ kind: 'cookie', value: signedIn.sessionId })).toBeNull();
  });

  it('refuses tokens of another installation, another person’s session, and without an end', async () => {
    const authSecret = 'the same secret in two installations, by mistake';
    const { accounts, ada } = await withAda({ authSecret });
    await addBob(accounts, ada);
    const bob = await accounts.signIn(BOB);
    const token = (audience: string, subject: string, sid: string, ends: boolean) => {
      const jwt = new SignJWT({ sid })
        .setProtectedHeader({ alg: 'HS256' })
        .setSubject(subject)
        .setIssuer('foyer')
        .setAudience(audience)
        .setIssuedAt(now());
      if (ends) jwt.setExpirationTime(new Date(now().getTime() + 60_000));
      return jwt.sign(new TextEncoder().encode(authSecret));
    };
    const check = async (value: string) => (await accounts.authenticate({ kind: 'bearer', value }))?.user.id;
    const { installId } = accounts;
    expect(await check(await token(installId, ada.user.id, ada.sessionId, true))).toBe(ada.user.id);
    expect(await check(await token('another', ada.user.id, ada.sessionId, true))).toBeUndefined();
    expect(await check(await token(installId, ada.user.id, bob?.sessionId ?? '', true))).toBeUndefined();
    expect(await check(await token(installId, ada.user.id, ada.sessionId, false))).toBeUndefined();
  });

  it('reads the role afresh, and knows nobody who was deleted', async () => {
    const { accounts, ada } = await withAda();
    const bob = await addBob(accounts, ada);
    const before = await accounts.signIn(BOB);
    await accounts.updateUser(ada, bob, { is_admin: true });
    expect(before && (await accounts.authenticate(bearerOf(before)))).toBeNull();
    const promoted = await accounts.signIn(BOB);
    expect(promoted && (await accounts.authenticate(bearerOf(promoted)))).toMatchObject({
      role: 'administrator',
      user: { is_admin: true },
    });
    await accounts.deleteUser(ada, bob);
    expect(promoted && (await accounts.authenticate(bearerOf(promoted)))).toBeNull();
    expect(promoted && (await accounts.authenticate(cookieOf(promoted)))).toBeNull();
  });

  it('writes a use down at most once a minute', async () => {
    const { accounts, signedIn } = await withAda();
    const lastUsed = () => raw((db) => db.prepare('SELECT max(last_used_at) FROM sessions').pluck().get());
    const started = lastUsed();
    later(0.9);
    await accounts.authenticate(cookieOf(signedIn));
    expect(lastUsed()).toBe(started);
    later(0.2);
    await accounts.authenticate(cookieOf(signedIn));
    expect(lastUsed()).toBe(now().getTime());
  });

  it('a session with a lifetime of a minute lives on with use, too', async () => {
    const { accounts, signedIn } = await withAda({ tokenLifetimeMinutes: 1 });
    for (let i = 0; i < 5; i++) {
      later(0.5);
      expect(await accounts.authenticate(cookieOf(signedIn))).not.toBeNull();
    }
    later(1.1);
    expect(await accounts.authenticate(cookieOf(signedIn))).toBeNull();
  });

  it('sessions outlive a restart', async () => {
    const { accounts, signedIn, ada } = await withAda();
    const again = await reopen(accounts, { keychain: keychain() });
    expect(await again.authenticate(cookieOf(signedIn))).toEqual(ada);
    expect(await again.authenticate(bearerOf(signedIn))).toEqual(ada);
  });

  it('refuses a secret for tokens that is too short, without showing it, and leaves no file open', async () => {
    await expect(open({ authSecret: 'hidden-value' })).rejects.toThrow(/32/);
    await expect(open({ authSecret: 'hidden-value' })).rejects.not.toThrow(/hidden-value/);
    expect((await open()).needsSetup()).toBe(true);
  });
});
