import { act } from 'react';
import { describe, expect, it } from 'vitest';
import { en } from '../../../i18n/en.ts';
import { done, fakeApi, ownLocking, refused } from '../../../testing/fake-api.ts';
import { click, descriptionOf, field, find, render, submit, type } from '../../../testing/render.tsx';
import { PinSection } from './pin-section.tsx';

const { section, ...t } = en.locking;
const set = { ...ownLocking, pin: { state: 'set' as const, created_at: '2026-11-28T08:00:00Z' } };

async function show(locking = ownLocking, overrides: Parameters<typeof fakeApi>[0] = {}) {
  const api = fakeApi({ ownLocking: async () => done(locking), ...overrides });
  await render(<PinSection />, { api });
  return api;
}

describe('PinSection', () => {
  it('sets a PIN with the password, and takes the form away', async () => {
    const api = await show(ownLocking, { setPin: async () => done(set) });
    await click(find('button', section.set));
    await type(field(en.fields.currentPassword), 'correct horse');
    await type(field(section.newPin), '829417');
    await submit();
    expect(api.setPin).toHaveBeenCalledExactlyOnceWith({
      password: 'correct horse',
      pin: '829417',
      shown_here: false,
    });
    expect(find('[role=status]', section.saved)).toBeTruthy();
    expect(document.querySelector('form')).toBeNull();
    expect(document.body.textContent).toContain(section.on('28 Nov 2026').slice(0, 6));
  });

  it.each([
    ['12345', t.pinProblems['too-short']],
    ['111111', t.pinProblems.repeated],
    ['654321', t.pinProblems.sequence],
    ['241285', t.pinProblems.date],
  ])('does not send %s, and says why', async (pin, problem) => {
    const api = await show();
    await click(find('button', section.set));
    await type(field(en.fields.currentPassword), 'correct horse');
    await type(field(section.newPin), pin);
    await submit();
    expect(api.setPin).not.toHaveBeenCalled();
    expect(descriptionOf(field(section.newPin))).toContain(problem);
  });

  it('says when the password is wrong', async () => {
    await show(ownLocking, { setPin: async () => refused(403, 'wrong_password') });
    await click(find('button', section.set));
    await type(field(en.fields.currentPassword), 'wrong');
    await type(field(section.newPin), '829417');
    await submit();
    expect(find('[role=alert]').textContent).toBe(en.errors.codes.wrong_password);
    expect(field(section.newPin).value).toBe('829417');
  });

  it('removes the PIN', async () => {
    const api = await show(set, { removePin: async () => done(ownLocking) });
    await click(find('button', section.remove));
    expect(api.removePin).toHaveBeenCalledOnce();
    expect(find('[role=status]', section.removed)).toBeTruthy();
    expect(find('button', section.set)).toBeTruthy();
  });

  it.each([
    ['no-keychain', section.noKeychain],
    ['file', section.file],
    ['guest', section.guest],
  ] as const)('says why there can be none: %s', async (reason, text) => {
    await show({ ...ownLocking, pin: { state: 'impossible', reason } });
    expect(document.body.textContent).toContain(text);
    expect(() => find('button', section.set)).toThrow();
  });

  it('offers times that are shorter than the longest, and takes the choice over', async () => {
    const api = await show({ ...ownLocking, longest_minutes: 10 });
    const select = field(section.after) as unknown as HTMLSelectElement;
    expect([...select.options].map(({ text }) => text)).toEqual([
      section.minutes(1),
      section.minutes(2),
      section.minutes(5),
      section.longest(10),
    ]);
    await act(async () => {
      select.value = '5';
      select.dispatchEvent(new Event('change', { bubbles: true }));
    });
    expect(api.changeOwnLocking).toHaveBeenCalledExactlyOnceWith({ lock_after_minutes: 5 });
  });

  it('shows the person here, or no longer', async () => {
    const api = await show();
    await click(field(t.showHere));
    expect(api.changeOwnLocking).toHaveBeenCalledExactlyOnceWith({ shown_here: true });
  });
});
