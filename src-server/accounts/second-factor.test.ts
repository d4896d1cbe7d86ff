import { describe, expect, it } from 'vitest';
import {
  type Accounts,
  type Caller,
  ChallengeGoneError,
  SecondFactorRefusedError,
  SecondFactorRequiredError,
  SignInThrottledError,
} from './index.ts';
import { ADA, addBob, BOB, bytesOf, cookieOf, house, lockedKeychain, turnOnFactor } from './testing/house.ts';
import { codeOf, stepAt } from './totp.ts';

const { keychain, later, now, reopen, withAda, raw } = house();

const app = (secret: Buffer, offset = 0) => codeOf(secret, stepAt(now()) + offset);

async function turnOn(accounts: Accounts, caller: Caller, password = ADA.password) {
  const made = await turnOnFactor(accounts, caller, now(), password);
  later(1);
  return made;
}

async function withFactor() {
  const made = await withAda();
  return { ...made, ...(await turnOn(made.accounts, made.ada)) };
}

async function challengeOf(accounts: Accounts, person: { email: string; password: string } = ADA) {
  try {
    await accounts.signIn(person);
  } catch (error) {
    if (error instanceof SecondFactorRequiredError) return error.challenge;
    throw error;
  }
  throw new Error('no second factor was asked for');
}

const sessions = () => raw((db) => db.prepare('SELECT count(*) FROM sessions').pluck().get());
const actions = () => raw((db) => db.prepare('SELECT action FROM audit ORDER BY sequence').pluck().all());

describe('setting up a second factor', () => {
  it('needs the password and a first code; until then nothing is asked for', async () => {
    const { accounts, ada } = await withAda();
    expect(await accounts.beginSecondFactor(ada, 'wrong')).toBe('wrong-password');
    expect(await accounts.confirmSecondFactor(ada, '123456')).toBe('wrong-code');
    const first = await accounts.beginSecondFactor(ada, ADA.password);
    const second = await accounts.beginSecondFactor(ada, ADA.password);
    if (typeof first === 'string' || typeof second === 'string') throw new Error('not begun');
    expect(second.secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(second.uri).toContain(`secret=${second.secret}`);
    expect(await accounts.confirmSecondFactor(ada, app(bytesOf(first.secret)))).toBe('wrong-code');
    expect(await accounts.signIn(ADA)).not.toBeNull();
    const codes = await accounts.confirmSecondFactor(ada, app(bytesOf(second.secret)));
    expect(codes).toHaveLength(10);
    expect(new Set(codes).size).toBe(10);
    expect(await accounts.beginSecondFactor(ada, ADA.password)).toBe('already-on');
    await expect(accounts.signIn(ADA)).rejects.toThrow(SecondFactorRequiredError);
  });

  it('keeps no secret and no code in the file', async () => {
    const { secret, codes } = await withFactor();
    const stored = raw((db) => [
      ...db.prepare('SELECT * FROM second_factors').all(),
      ...db.prepare('SELECT * FROM recovery_codes').all(),
      ...db.prepare('SELECT * FROM audit').all(),
    ]);
    const bytes = Buffer.concat(
      stored.flatMap((row) =>
        Object.values(row as object).map((value) =>
          value instanceof Buffer ? value : Buffer.from(String(value)),
        ),
      ),
    );
    expect(bytes.includes(secret)).toBe(false);
    for (const code of codes) expect(bytes.includes(code.replaceAll('-', ''))).toBe(false);
  });
});

describe('signing in with a second factor', () => {
  it('takes two steps, and the first makes no session', async () => {
    const { accounts, secret } = await withFactor();
    const before = sessions();
    const challenge = await challengeOf(accounts);
    expect(sessions()).toBe(before);
    const signedIn = await accounts.answerChallenge(challenge, app(secret));
    expect(signedIn && (await accounts.authenticate(cookieOf(signedIn)))).not.toBeNull();
    await expect(accounts.answerChallenge(challenge, app(secret, 1))).rejects.toThrow(ChallengeGoneError);
  });

  it('a wrong password is answered before a second factor is, with a code or without', async () => {
    const { accounts, secret } = await withFactor();
    expect(await accounts.signIn({ ...ADA, password: 'wrong' })).toBeNull();
    expect(await accounts.signIn({ ...ADA, password: 'wrong', totp: app(secret) })).toBeNull();
    expect(await accounts.signIn({ ...ADA, totp: app(secret) })).not.toBeNull();
  });

  it('programs send the code with the password; one that is wrong makes no session', async () => {
    const { accounts, secret } = await withFactor();
    await expect(accounts.signIn({ ...ADA, totp: '000000' })).rejects.toThrow(SecondFactorRefusedError);
    await expect(accounts.signIn({ ...ADA, totp: '' })).rejects.toThrow(SecondFactorRefusedError);
    expect(await accounts.signIn({ ...ADA, totp: ` ${app(secret)} ` })).not.toBeNull();
    expect(actions()).toContain('second_factor.refused');
  });

  it('a code counts once, also when it comes twice at the same time, and older ones do not after it', async () => {
    const { accounts, secret } = await withFactor();
    const code = app(secret);
    const tries = await Promise.allSettled([
      accounts.signIn({ ...ADA, totp: code }),
      accounts.signIn({ ...ADA, totp: `${code.slice(0, 3)} ${code.slice(3)}` }),
    ]);
    expect(tries.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(accounts.signIn({ ...ADA, totp: app(secret, -1) })).rejects.toThrow(
      SecondFactorRefusedError,
    );
    expect(await accounts.signIn({ ...ADA, totp: app(secret, 1) })).not.toBeNull();
  });

  it('a code on paper counts once, in whatever way it is typed', async () => {
    const { accounts, codes, ada } = await withFactor();
    const code = codes[3] ?? '';
    const ways = [code, code.toLowerCase(), code.replaceAll('-', ' '), code.replaceAll('-', '')];
    const tries = await Promise.allSettled(ways.map((totp) => accounts.signIn({ ...ADA, totp })));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(accounts.protectionOf(ada.user.id).secondFactor?.codesLeft).toBe(9);
    expect(actions().filter((action) => action === 'second_factor.code_used')).toHaveLength(1);
  });

  it('wrong codes are slowed down for the account, and a right password does not make them free again', async () => {
    const { accounts, secret, ada } = await withFactor();
    const challenge = await challengeOf(accounts);
    for (let count = 0; count < 5; count += 1) {
      await expect(accounts.answerChallenge(challenge, '000000')).rejects.toThrow(SecondFactorRefusedError);
      await challengeOf(accounts);
    }
    await expect(accounts.answerChallenge(challenge, app(secret))).rejects.toThrow(SignInThrottledError);
    const again = await reopen(accounts);
    await expect(again.signIn({ ...ADA, totp: app(secret) })).rejects.toThrow(SignInThrottledError);
    expect(again.liftLock(ada, ada.user.id)).toBe(true);
    expect(await again.signIn({ ...ADA, totp: app(secret) })).not.toBeNull();
  });

  it('a challenge ends after five minutes, with a new password, and with a restart', async () => {
    const { accounts, ada, secret } = await withFactor();
    const late = await challengeOf(accounts);
    later(5);
    await expect(accounts.answerChallenge(late, app(secret))).rejects.toThrow(ChallengeGoneError);
    const changed = await challengeOf(accounts);
    expect(await accounts.changeOwnPassword(ada, ADA.password, 'another password')).toBe('ok');
    await expect(accounts.answerChallenge(changed, app(secret))).rejects.toThrow(ChallengeGoneError);
    const last = await challengeOf(accounts, { ...ADA, password: 'another password' });
    const again = await reopen(accounts);
    await expect(again.answerChallenge(last, app(secret))).rejects.toThrow(ChallengeGoneError);
    await expect(again.answerChallenge('nonsense', app(secret))).rejects.toThrow(ChallengeGoneError);
  });

  it('works while the keychain is away', async () => {
    const { accounts, secret } = await withFactor();
    const away = await reopen(accounts, { keychain: lockedKeychain() });
    const signedIn = await away.answerChallenge(await challengeOf(away), app(secret));
    expect(signedIn && (await away.authenticate(cookieOf(signedIn)))).not.toBeNull();
    expect(await keychain().list()).toHaveLength(1);
  });

  it('works for a sealed account, whose key is held by nobody before the second step', async () => {
    const { accounts, ada, secret } = await withFactor();
    const shown = await accounts.showRecoveryCode(ada, ADA.password);
    if (shown === 'wrong-password') throw new Error(shown);
    accounts.confirmRecoveryCode(ada, shown.code.split('-')[shown.group - 1] ?? '');
    const again = await reopen(accounts);
    const challenge = await challengeOf(again);
    expect(() => again.dataKey(ada.user.id)).toThrow(/locked/);
    const signedIn = await again.answerChallenge(challenge, app(secret));
    expect(signedIn && (await again.authenticate(cookieOf(signedIn)))).not.toBeNull();

    // The recovery code stands for the password, not for the second factor.
    const recovered = await again.recover({ email: ADA.email, code: shown.code, password: 'new password' });
    expect(recovered).not.toBeNull();
    const next = await challengeOf(again, { ...ADA, password: 'new password' });
    later(1);
    expect(await again.answerChallenge(next, app(secret))).toMatchObject({ user: { email: ADA.email } });
  });
});

describe('ending a second factor', () => {
  it('takes password and code', async () => {
    const { accounts, ada, secret, codes } = await withFactor();
    const input = { password: ADA.password, code: app(secret) };
    expect(await accounts.disableSecondFactor(ada, { ...input, password: 'wrong' })).toBe('wrong-password');
    expect(await accounts.disableSecondFactor(ada, { ...input, code: '000000' })).toBe('wrong-code');
    expect(await accounts.disableSecondFactor(ada, { ...input, code: codes[0] ?? '' })).toBe('ok');
    expect(await accounts.signIn(ADA)).not.toBeNull();
    expect(accounts.protectionOf(ada.user.id).secondFactor).toBeNull();
    expect(raw((db) => db.prepare('SELECT count(*) FROM recovery_codes').pluck().get())).toBe(0);
  });

  it('new codes on paper take the place of all old ones', async () => {
    const { accounts, ada, secret, codes } = await withFactor();
    const given = await accounts.replaceFactorCodes(ada, { password: ADA.password, code: app(secret) });
    expect(given).toHaveLength(10);
    await expect(accounts.signIn({ ...ADA, totp: codes[1] ?? '' })).rejects.toThrow(SecondFactorRefusedError);
    expect(await accounts.signIn({ ...ADA, totp: given[1] ?? '' })).not.toBeNull();
  });

  it('an administrator takes it away, which ends the sessions and is written down', async () => {
    const { accounts, ada } = await withAda();
    const bob = await addBob(accounts, ada);
    const signedIn = await accounts.signIn(BOB);
    const caller = signedIn && (await accounts.authenticate(cookieOf(signedIn)));
    if (caller === null || signedIn === null) throw new Error('not signed in');
    expect(accounts.removeSecondFactor(ada, bob)).toBe('not-found');
    await turnOn(accounts, caller, BOB.password);
    expect(accounts.listUsers().find(({ id }) => id === bob)?.second_factor).toBe(true);
    expect(accounts.removeSecondFactor(ada, bob)).toBe('ok');
    expect(await accounts.authenticate(cookieOf(signedIn))).toBeNull();
    expect(await accounts.signIn(BOB)).not.toBeNull();
    expect(actions()).toContain('second_factor.removed');
    expect(accounts.removeSecondFactor(ada, 'usr_nobody')).toBe('not-found');
  });
});
