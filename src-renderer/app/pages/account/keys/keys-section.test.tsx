import { describe, expect, it } from 'vitest';
import type { PersonalKeys } from '../../../../../src-shared/api/index.ts';
import type { PersonalKeysApi } from '../../../api/personal-keys.ts';
import { fullEn as en } from '../../../i18n/full-en.ts';
import {
  done,
  fakeApi,
  fakePersonalKeys,
  personalKey,
  personalKeys,
  refused,
  unreachable,
} from '../../../testing/fake-api.ts';
import { click, descriptionOf, field, find, render, submit, type } from '../../../testing/render.tsx';
import { KeysSection } from './keys-section.tsx';

const texts = en.keys;
const withKey: PersonalKeys = { ...personalKeys, connections: [{ ...personalKey, key: 'set' }] };
const named = (action: string) => texts.of(action, personalKey.name);

async function show(keys = personalKeys, overrides: Partial<PersonalKeysApi> = {}) {
  const api = fakePersonalKeys({ list: async () => done(keys), ...overrides });
  await render(<KeysSection />, { api: fakeApi({ personalKeys: api }) });
  return api;
}
const buttons = () =>
  [...document.querySelectorAll('li button')].map((button) => button.getAttribute('aria-label'));

describe('KeysSection', () => {
  it('takes a key for a server that is named, and shows it never again', async () => {
    const api = await show();
    await click(find('button', texts.set));
    expect(descriptionOf(field(texts.form.label))).toContain(personalKey.origin);
    await type(field(texts.form.label), '  sk-own-canary ');
    await submit();
    expect(api.set).toHaveBeenCalledExactlyOnceWith('con_1', { api_key: 'sk-own-canary', untested: false });
    expect(find('[role=status]').textContent).toBe(texts.saved(personalKey.name));
    expect(document.body.textContent).toContain(texts.state.set);
    expect(document.documentElement.outerHTML).not.toContain('canary');
    expect(document.querySelector('form')).toBeNull();
  });

  it('offers to keep a key that the server does not accept, only then', async () => {
    const api = await show(personalKeys, { set: async () => refused(409, 'key_not_accepted') });
    await click(find('button', texts.set));
    await submit();
    expect(descriptionOf(field(texts.form.label))).toContain(texts.form.missing);
    expect(api.set).not.toHaveBeenCalled();
    await type(field(texts.form.label), 'sk-wrong');
    expect(document.body.textContent).not.toContain(texts.form.saveUntested);
    await submit();
    expect(field(texts.form.label).value).toBe('sk-wrong');
    await click(find('button', texts.form.saveUntested));
    expect(api.set).toHaveBeenLastCalledWith('con_1', { api_key: 'sk-wrong', untested: true });
  });

  it('tries a key out, and removes it', async () => {
    const api = await show(withKey);
    expect(buttons()).toEqual([named(texts.change), named(texts.test), named(texts.remove)]);
    await click(find('button', texts.test));
    expect(find('[role=status]').textContent).toContain(en.governance.connections.outcome.ok);
    await click(find('button', texts.remove));
    expect(api.remove).toHaveBeenCalledExactlyOnceWith('con_1');
    expect(find('[role=status]').textContent).toBe(texts.removed(personalKey.name));
    expect(document.body.textContent).toContain(texts.state.none);
  });

  it('says that keys are not used while they are not allowed, and still removes them', async () => {
    await show({ ...withKey, allowed: false });
    expect(document.body.textContent).toContain(texts.notAllowed);
    expect(buttons()).toEqual([named(texts.remove)]);
  });

  it('is not there for whoever may have no keys and has none', async () => {
    await show({ ...personalKeys, allowed: false, connections: [] });
    expect(document.querySelector('section')).toBeNull();
  });

  it.each(['locked', 'unavailable'] as const)(
    'says why nothing can be done: keychain %s',
    async (keychain) => {
      await show({ ...withKey, keychain });
      expect(document.body.textContent).toContain(texts.keychain[keychain]);
      expect(buttons()).toEqual([]);
    },
  );

  it('says what failed, and tries again', async () => {
    const api = await show(withKey, {
      list: async () => unreachable,
      test: async () => refused(404, 'not_found'),
    });
    expect(find('[role=alert]').textContent).toContain(texts.loadFailed);
    api.list.mockResolvedValue(done(withKey));
    await click(find('button', en.common.tryAgain));
    await click(find('button', texts.test));
    expect(find('[role=alert]').textContent).toBe(en.errors.codes.not_found);
  });
});
