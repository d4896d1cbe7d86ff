import { describe, expect, it } from 'vitest';
import { DataKeyLostError } from './index.ts';
import { grouped, newCode, RECOVERY_SIGNS } from './recovery-code.ts';
import { ADA, addBob, BOB, bearerOf, cookieOf, house, sealAs } from './testing/house.ts';

const { reopen, withAda, raw } = house();

async function sealedAda() {
  const { accounts, ada, signedIn } = await withAda();
  const key = Buffer.from(accounts.dataKey(ada.user.id));
  const code = await sealAs(accounts, ada);
  return { accounts, ada, signedIn, key, code };
}

const kinds = (userId: string) =>
  raw((db) => db.prepare('SELECT kind FROM key_wraps WHERE user_id = ? ORDER BY kind').pluck().all(userId));
const actions = () => raw((db) => db.prepare('SELECT action FROM audit ORDER BY sequence').pluck().all());

describe('an administrator’s new password', () => {
  async function sealedBob() {
    const { accounts, ada } = await withAda();
    const bob = await addBob(accounts, ada);
    const signedIn = await accounts.signIn(BOB);
    const caller = signedIn && (await accounts.authenticate(cookieOf(signedIn)));
    if (caller === null) throw new Error('not signed in');
    const code = await sealAs(accounts, caller, BOB.password);
    return { accounts, ada, bob, code, caller, key: Buffer.from(accounts.dataKey(bob)) };
  }
  const RESET = { password: 'set by Ada', accept_loss: true };
  const AFTER = { email: BOB.email, password: RESET.password };

  it('is refused for a sealed account unless the loss is accepted', async () => {
    const { accounts, ada, bob } = await sealedBob();
    const before = kinds(bob);
    expect(await accounts.updateUser(ada, bob, { password: 'set by Ada' })).toEqual({
      ok: false,
      error: 'sealed-account',
    });
    expect(kinds(bob)).toEqual(before);
    expect(await accounts.signIn(BOB)).not.toBeNull();
  });

  it('opens nothing, also while the person was signed in; the recovery code does', async () => {
    const { accounts, ada, bob, code, key } = await sealedBob();
    expect(accounts.dataKey(bob)).toEqual(key);
    expect((await accounts.updateUser(ada, bob, RESET)).ok).toBe(true);
    expect(await accounts.signIn(BOB)).toBeNull();
    const signedIn = await accounts.signIn(AFTER);
    if (signedIn === null) throw new Error('not signed in');
    expect(await accounts.authenticate(cookieOf(signedIn))).toBeNull();
    const closed = await accounts.closedSession(bearerOf(signedIn));
    if (closed === null) throw new Error('no closed session');
    expect(accounts.needs(closed)).toBe('recovery-code');
    expect(await accounts.openWithPassword(closed, RESET.password)).toBe('needs-code');
    expect(await accounts.openWithCode(closed, { code, password: 'wrong' })).toBe('wrong-password');
    const other = grouped(newCode(RECOVERY_SIGNS));
    expect(await accounts.openWithCode(closed, { code: other, password: RESET.password })).toBe('wrong-code');
    const opened = await accounts.openWithCode(closed, {
      code: code.toLowerCase(),
      password: RESET.password,
    });
    if (typeof opened === 'string') throw new Error(opened);
    expect(opened.recoveryCode).not.toBe(code);
    expect(await accounts.authenticate(cookieOf(signedIn))).not.toBeNull();
    expect(accounts.dataKey(bob)).toEqual(key);
    const again = await reopen(accounts);
    expect(await again.signIn(AFTER)).not.toBeNull();
    expect(again.dataKey(bob)).toEqual(key);
  });

  it('without the code the person starts over; later the old code brings the old history back', async () => {
    const { accounts, ada, bob, code, key } = await sealedBob();
    await accounts.updateUser(ada, bob, RESET);
    const signedIn = await accounts.signIn(AFTER);
    const closed = signedIn && (await accounts.closedSession(cookieOf(signedIn)));
    if (closed === null || signedIn === null) throw new Error('no closed session');
    expect(await accounts.startOver(closed, 'wrong')).toBe('wrong-password');
    const started = await accounts.startOver(closed, RESET.password);
    if (typeof started === 'string') throw new Error(started);
    const caller = await accounts.authenticate(cookieOf(signedIn));
    if (caller === null) throw new Error('not open');
    const fresh = Buffer.from(accounts.dataKey(bob));
    expect(fresh).not.toEqual(key);
    const folder = accounts.historyFolder(bob);
    expect(folder).toMatch(/^h_/);
    const [kept] = accounts.protectionOf(bob).keptHistories;
    if (kept === undefined) throw new Error('nothing was kept');

    const bring = (input: { code: string; password: string }) =>
      accounts.bringBackHistory(caller, kept.id, input);
    expect(await bring({ code: started.recoveryCode, password: RESET.password })).toBe('wrong-code');
    expect(await bring({ code, password: 'wrong' })).toBe('wrong-password');
    const back = await bring({ code, password: RESET.password });
    if (typeof back === 'string') throw new Error(back);
    expect(accounts.dataKey(bob)).toEqual(key);
    expect(accounts.historyFolder(bob)).toBeNull();
    expect(await bring({ code, password: RESET.password })).toBe('not-found');

    // The new one was left aside in its place, and the one new code opens both.
    const again = await reopen(accounts);
    const recovered = await again.recover({
      email: BOB.email,
      code: back.recoveryCode,
      password: 'once more',
    });
    expect(recovered).not.toBeNull();
    const next = await again.signIn({ email: BOB.email, password: 'once more' });
    const nextCaller = next && (await again.authenticate(cookieOf(next)));
    const [other] = again.protectionOf(bob).keptHistories;
    if (nextCaller === null || other === undefined) throw new Error('nothing was kept');
    const swapped = await again.bringBackHistory(nextCaller, other.id, {
      code: back.recoveryCode,
      password: 'once more',
    });
    expect(typeof swapped).toBe('object');
    expect(again.dataKey(bob)).toEqual(fresh);
    expect(again.historyFolder(bob)).toBe(folder);
  });

  it('nobody starts over by mistake', async () => {
    const { accounts } = await sealedBob();
    const again = await reopen(accounts);
    const signedIn = await again.signIn(BOB);
    const third = await reopen(again);
    const closed = signedIn && (await third.closedSession(cookieOf(signedIn)));
    if (closed === null) throw new Error('no closed session');
    expect(await third.startOver(closed, BOB.password)).toBe('not-needed');
  });
});

describe('the recovery code after a forgotten password', () => {
  it('sets a new password once, ends all sessions, and gives a new code', async () => {
    const { accounts, ada, signedIn, key, code } = await sealedAda();
    const typed = ` ${code.toLowerCase().replaceAll('-', ' ')} `;
    const input = { email: ' ADA@example.org', code: typed, password: 'remembered now' };
    const both = await Promise.all([accounts.recover(input), accounts.recover(input)]);
    expect(both.filter((outcome) => outcome !== null)).toHaveLength(1);
    expect(await accounts.authenticate(cookieOf(signedIn))).toBeNull();
    expect(await accounts.closedSession(cookieOf(signedIn))).toBeNull();
    expect(await accounts.signIn(ADA)).toBeNull();
    expect(await accounts.signIn({ ...ADA, password: 'remembered now' })).not.toBeNull();
    expect(accounts.dataKey(ada.user.id)).toEqual(key);
    expect(actions().filter((action) => action === 'account.recovered')).toHaveLength(1);
    const next = both.find((outcome) => outcome !== null)?.recoveryCode ?? '';
    expect(await accounts.recover({ ...input, code: next })).not.toBeNull();
  });

  it('is refused alike for a wrong code, a managed account and an address that nobody has', async () => {
    const { accounts, ada } = await sealedAda();
    await addBob(accounts, ada);
    const code = grouped(newCode(RECOVERY_SIGNS));
    for (const email of [ADA.email, BOB.email, 'nobody@example.org']) {
      expect(await accounts.recover({ email, code, password: 'a new password' })).toBeNull();
      expect(await accounts.recover({ email, code: 'nonsense', password: 'a new password' })).toBeNull();
    }
    expect(actions().filter((action) => action === 'recovery_code.refused')).toHaveLength(6);
  });

  it('is slowed down like passwords, and apart from them', async () => {
    const { accounts } = await sealedAda();
    const code = grouped(newCode(RECOVERY_SIGNS));
    const attempt = () => accounts.recover({ email: ADA.email, code, password: 'a new password' });
    for (let count = 0; count < 5; count += 1) expect(await attempt()).toBeNull();
    await expect(attempt()).rejects.toThrow(/too many/);
    expect(await accounts.signIn(ADA)).not.toBeNull();
    await expect(attempt()).rejects.toThrow(/too many/);
  });
});

it('a managed account still says when its key is lost', async () => {
  const { accounts, ada } = await withAda();
  raw((db) => db.exec("UPDATE key_wraps SET ciphertext = x'00'"));
  const again = await reopen(accounts);
  await expect(again.signIn(ADA)).rejects.toThrow(DataKeyLostError);
  expect(ada.user.protection).toBe('managed');
});
