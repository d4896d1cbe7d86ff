import { act } from 'react';
import { describe, expect, it } from 'vitest';
import type { AdminSession } from '../../../../src-shared/api/index.ts';
import { fullDictionaryOf } from '../../i18n/full-dictionary.ts';
import { fullEn as en } from '../../i18n/full-en.ts';
import { createPreferencesStore } from '../../preferences/preferences-store.ts';
import { ada, bob, done, fakeAdministration, fakeApi, refused, unreachable } from '../../testing/fake-api.ts';
import { click, find, render } from '../../testing/render.tsx';
import SessionsPage from './sessions-page.tsx';

const texts = en.administration.sessions;
const session = (id: string, user: { id: string; email: string }, rest: Partial<AdminSession> = {}) => ({
  id,
  user_id: user.id,
  email: user.email,
  place: 'Firefox on Linux',
  created_at: '2026-09-02T09:12:00Z',
  last_used_at: '2026-09-02T09:12:00Z',
  locked: false,
  current: false,
  ...rest,
});
const page = (...sessions: AdminSession[]) => done({ sessions, next: null, total: 3, people: 2 });

async function open(overrides: Parameters<typeof fakeAdministration>[0]) {
  const administration = fakeAdministration(overrides);
  const services = await render(<SessionsPage me={ada} />, { api: fakeApi({ administration }) });
  return { administration, services };
}

describe('the page of sessions', () => {
  it('says who is signed in where, and ends one of them', async () => {
    let rows = [
      session('ses_1', ada, { current: true }),
      session('ses_2', bob, { place: null, locked: true }),
    ];
    const { administration } = await open({
      sessions: async () => page(...rows),
      endSession: async () => {
        rows = rows.slice(0, 1);
        return done(undefined);
      },
    });
    expect(find('tbody tr', bob.email).textContent).toContain(texts.unknownPlace);
    expect(find('tbody tr', bob.email).textContent).toContain(texts.locked);
    expect(find('tbody tr', ada.email).textContent).toContain(texts.current);
    expect(document.body.textContent).toContain(texts.total('3', '2'));
    await click(find('button', texts.endOf(bob.email, texts.unknownPlace)));
    expect(administration.endSession).toHaveBeenCalledWith('ses_2');
    expect(find('[role=status]').textContent).toContain(texts.ended(bob.email));
    expect(document.querySelectorAll('tbody tr')).toHaveLength(1);
  });

  it('asks before all of a person are ended, and signs out whoever ends their own', async () => {
    const { administration, services } = await open({
      sessions: async () => page(session('ses_1', ada, { current: true })),
    });
    await click(find('button', texts.endAllOf(ada.email)));
    expect(find('dialog').textContent).toContain(texts.confirm.own);
    await click(find('dialog button', en.common.cancel));
    expect(administration.endSessionsOf).not.toHaveBeenCalled();
    await click(find('button', texts.endAllOf(ada.email)));
    await click(find('dialog button', texts.confirm.submit));
    expect(administration.endSessionsOf).toHaveBeenCalledWith(ada.id);
    expect(services.session.get().kind).toBe('guest');
  });

  it('shows one person only, and everybody again', async () => {
    const { administration } = await open({ sessions: async () => page(session('ses_2', bob)) });
    await click(find('tbody button', bob.email));
    expect(administration.sessions.mock.lastCall).toEqual([bob.id, null]);
    await click(find('button', texts.everybody));
    expect(administration.sessions.mock.lastCall).toEqual([null, null]);
  });

  it('says what went wrong', async () => {
    const { administration } = await open({
      sessions: async () => page(session('ses_2', bob)),
      endSession: async () => refused(404, 'not_found'),
    });
    await click(find('button', texts.endOf(bob.email, 'Firefox on Linux')));
    expect(find('[role=alert]').textContent).toContain(en.errors.codes.not_found);
    administration.sessions.mockResolvedValue(unreachable);
    await click(find('button', texts.refresh));
    expect(find('[role=alert]', texts.loadFailed)).toBeTruthy();
  });

  it('names the place in the language of the page', async () => {
    const administration = fakeAdministration({ sessions: async () => page(session('ses_1', ada)) });
    const preferences = createPreferencesStore(document, ['fr']);
    await render(<SessionsPage me={ada} />, { api: fakeApi({ administration }), preferences });
    // French is loaded when somebody reads it, and the rows after that.
    await act(async () => void (await fullDictionaryOf('fr')));
    await act(async () => undefined);
    expect(document.body.textContent).toContain('Firefox sur Linux');
  });
});
