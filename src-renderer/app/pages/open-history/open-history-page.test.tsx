import { describe, expect, it } from 'vitest';
import { en } from '../../i18n/en.ts';
import { ada, done, fakeApi, fakeSecurity, RECOVERY_CODE, refused } from '../../testing/fake-api.ts';
import { click, field, find, render, submit, type } from '../../testing/render.tsx';
import { OpenHistoryPage } from './open-history-page.tsx';

const texts = en.security.openHistory;

async function show(overrides: Parameters<typeof fakeSecurity>[0] = {}) {
  const api = fakeApi({ security: fakeSecurity(overrides) });
  const { session } = await render(<OpenHistoryPage />, { api });
  session.closed();
  return { api, session };
}

const needsCode = async () => done({ email: ada.email, needs: 'recovery-code' as const });

describe('OpenHistoryPage', () => {
  it('opens with the password, and everything goes on', async () => {
    const { api, session } = await show();
    expect(find('h1').textContent).toBe(texts.title);
    await type(field(en.fields.currentPassword), 'correct horse');
    await submit();
    expect(api.security.openHistory).toHaveBeenCalledExactlyOnceWith('correct horse');
    expect(session.get()).toMatchObject({ kind: 'signed-in', user: ada });
  });

  it('says that the password is wrong, and stays', async () => {
    const { session } = await show({ openHistory: async () => refused(403, 'wrong_password') });
    await type(field(en.fields.currentPassword), 'wrong');
    await submit();
    expect(find('[role=alert]')).toBeTruthy();
    expect(session.get().kind).toBe('closed');
  });

  it('asks for the recovery code after an administrator’s password, and shows the next one', async () => {
    const { api, session } = await show({ closed: needsCode });
    expect(find('h1').textContent).toBe(texts.codeTitle);
    await type(field(en.fields.currentPassword), 'given');
    await type(field(en.security.recoveryCode.label), 'a code');
    await submit();
    expect(api.security.openWithCode).toHaveBeenCalledExactlyOnceWith({ password: 'given', code: 'a code' });
    expect([...document.querySelectorAll('li span')].map(({ textContent }) => textContent).join('-')).toBe(
      RECOVERY_CODE,
    );
    expect(session.get().kind).toBe('closed');
    await click(find('button', texts.goOn));
    expect(session.get().kind).toBe('signed-in');
  });

  it('starts over only on purpose', async () => {
    const { api } = await show({ closed: needsCode });
    await click(find('button', texts.lost));
    expect(document.body.textContent).toContain(texts.lostLead);
    await type(field(en.fields.currentPassword), 'given');
    await submit();
    expect(api.security.startOver).not.toHaveBeenCalled();
    expect(find('[role=alert]').textContent).toBe(texts.acceptMissing);
    await click(find('input[type=checkbox]'));
    await submit();
    expect(api.security.startOver).toHaveBeenCalledExactlyOnceWith('given');
    expect(find('h1').textContent).toBe(en.security.recoveryCode.newOne);
  });

  it('lets people sign out', async () => {
    const { session } = await show();
    await click(find('button', texts.signOut));
    expect(session.get().kind).toBe('guest');
  });
});
