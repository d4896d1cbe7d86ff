import { describe, expect, it, vi } from 'vitest';
import { fullEn as en } from '../../i18n/full-en.ts';
import {
  ada,
  done,
  fakeApi,
  fakeSecurity,
  RECOVERY_CODE,
  refused,
  security,
} from '../../testing/fake-api.ts';
import { click, descriptionOf, field, find, render, submit, type } from '../../testing/render.tsx';
import AccountPage from './account-page.tsx';

const texts = en.security;

async function show(overrides: Parameters<typeof fakeSecurity>[0] = {}) {
  const api = fakeApi({ security: fakeSecurity(overrides) });
  await render(<AccountPage user={ada} />, { api });
  return api;
}

const section = (title: string) => find('section', title);
const button = (text: string) => find<HTMLButtonElement>('button', text);

describe('the page Account', () => {
  it('has a section for each way in, what protects it and what can be taken along; none for what there is not', async () => {
    await show();
    expect([...document.querySelectorAll('h2')].map((heading) => heading.textContent)).toEqual([
      texts.password.title,
      en.locking.section.title,
      texts.factor.title,
      texts.sealing.title,
      en.exports.title,
      en.keys.title,
      en.people.sessions.title,
    ]);
    expect(section(texts.factor.title).textContent).toContain(texts.factor.off);
  });

  it('says when the state cannot be loaded, keeps the password, and tries again', async () => {
    const state = vi.fn(async () => refused(500, 'internal') as never);
    await show({ state });
    expect(find('[role=alert]').textContent).toContain(texts.account.loadFailed);
    expect(section(texts.password.title)).toBeTruthy();
    await click(button(en.common.tryAgain));
    expect(state.mock.calls.length).toBeGreaterThan(1);
  });
});

describe('sealing', () => {
  it('warns, asks for the password, shows the code, and seals with the part typed back', async () => {
    const api = await show();
    await click(button(texts.sealing.start));
    expect(section(texts.sealing.title).textContent).toContain(texts.sealing.before[0]);
    await submit();
    expect(api.security.showRecoveryCode).not.toHaveBeenCalled();
    await type(field(en.fields.currentPassword), 'correct horse');
    await submit();
    expect(api.security.showRecoveryCode).toHaveBeenCalledExactlyOnceWith('correct horse');
    expect(
      [...document.querySelectorAll('[data-print-sheet] li span')]
        .map(({ textContent }) => textContent)
        .join('-'),
    ).toBe(RECOVERY_CODE);
    const part = field(texts.recoveryCode.checkTitle('3'));
    await submit();
    expect(descriptionOf(part)).toContain(texts.recoveryCode.missing);
    await type(part, 'mnpqr');
    await submit();
    expect(api.security.seal).toHaveBeenCalledExactlyOnceWith('mnpqr');
    expect(find('[role=status]', texts.sealing.done)).toBeTruthy();
    expect(section(texts.recoveryCode.title)).toBeTruthy();
    expect(document.body.textContent).not.toContain(RECOVERY_CODE.slice(0, 5));
  });

  it('a code that is not confirmed in time leads back to the password', async () => {
    await show({ seal: async () => refused(409, 'recovery_code_expired') });
    await click(button(texts.sealing.start));
    await type(field(en.fields.currentPassword), 'correct horse');
    await submit();
    await type(field(texts.recoveryCode.checkTitle('3')), 'MNPQR');
    await submit();
    expect(find('[role=alert]')).toBeTruthy();
    await click(button(en.common.tryAgain));
    expect(field(en.fields.currentPassword).value).toBe('');
  });

  it('is not offered where it is not allowed, nor undone where it is required', async () => {
    await show({ state: async () => done({ ...security, sealing: 'off' }) });
    expect(section(texts.sealing.title).textContent).toContain(texts.sealing.off);
    expect(section(texts.sealing.title).querySelector('button')).toBeNull();
  });

  it('is not undone where it is required', async () => {
    await show({ state: async () => done({ ...security, protection: 'sealed', sealing: 'required' }) });
    expect(section(texts.sealing.title).textContent).toContain(texts.sealing.requiredBadge);
    expect(section(texts.sealing.title).querySelector('button')).toBeNull();
  });

  it('is undone with the password', async () => {
    const api = await show({ state: async () => done({ ...security, protection: 'sealed' }) });
    await click(button(texts.sealing.undo));
    await type(field(en.fields.currentPassword), 'correct horse');
    await submit();
    expect(api.security.unseal).toHaveBeenCalledExactlyOnceWith('correct horse');
    expect(find('[role=status]', texts.sealing.undone)).toBeTruthy();
  });
});

describe('the second factor', () => {
  it('shows picture and secret, takes a first code, and shows the codes on paper once', async () => {
    const api = await show();
    await click(button(texts.factor.start));
    await type(field(en.fields.currentPassword), 'correct horse');
    await submit();
    expect(find('svg[role=img]').getAttribute('aria-label')).toBe(texts.factor.qr);
    expect(find('svg[role=img] path').getAttribute('d')?.length).toBeGreaterThan(1_000);
    expect(field(texts.factor.secret).value).toMatch(/^[A-Z2-7]{4}( [A-Z2-7]{4}){7}$/);
    await type(field(texts.factor.code), '123 456');
    await submit();
    expect(api.security.confirmSecondFactor).toHaveBeenCalledExactlyOnceWith('123 456');
    expect(document.querySelectorAll('[data-print-sheet] li')).toHaveLength(10);
    await click(button(en.common.done));
    expect(document.querySelectorAll('[data-print-sheet] li')).toHaveLength(0);
  });

  it('says when few codes on paper are left', async () => {
    const second_factor = { since: '2026-11-01T00:00:00Z', codes_left: 2 };
    await show({ state: async () => done({ ...security, second_factor }) });
    expect(section(texts.factor.title).textContent).toContain(texts.factor.codesFew);
  });

  it('is turned off with password and code', async () => {
    const second_factor = { since: '2026-11-01T00:00:00Z', codes_left: 9 };
    const api = await show({ state: async () => done({ ...security, second_factor }) });
    await click(button(texts.factor.turnOff));
    await type(field(en.fields.currentPassword), 'correct horse');
    await submit();
    expect(api.security.disableSecondFactor).not.toHaveBeenCalled();
    await type(field(texts.factor.anyCode), '123456');
    await submit();
    expect(api.security.disableSecondFactor).toHaveBeenCalledExactlyOnceWith({
      password: 'correct horse',
      code: '123456',
    });
    expect(find('[role=status]', texts.factor.turnedOff)).toBeTruthy();
  });
});
