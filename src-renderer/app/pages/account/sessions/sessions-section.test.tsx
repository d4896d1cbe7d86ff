import { act } from 'react';
import { describe, expect, it } from 'vitest';
import type { User } from '../../../../../src-shared/api/index.ts';
import type { PeopleApi } from '../../../api/people.ts';
import { fullEn as en } from '../../../i18n/full-en.ts';
import { fullFr as fr } from '../../../i18n/full-fr.ts';
import {
  ada,
  bob,
  done,
  fakeApi,
  fakePeople,
  refused,
  session,
  unreachable,
} from '../../../testing/fake-api.ts';
import { click, find, render } from '../../../testing/render.tsx';
import { placeName } from './session-list.tsx';
import { SessionsSection } from './sessions-section.tsx';

const texts = en.people.sessions;

async function show(overrides: Partial<PeopleApi> = {}, user: User = ada) {
  const people = fakePeople(overrides);
  const services = await render(<SessionsSection user={user} />, { api: fakeApi({ people }) });
  await act(async () => services.session.signedIn(user));
  return { people, session: services.session };
}

describe('SessionsSection', () => {
  it('shows places and times, and ends another session but not this one', async () => {
    const { people } = await show();
    const [here, there] = [...document.querySelectorAll('li')];
    expect(here?.textContent).toContain('Firefox on Linux');
    expect(here?.textContent).toContain(texts.current);
    expect(here?.querySelector('button')).toBeNull();
    expect(there?.textContent).toContain(texts.unknownPlace);
    people.ownSessions.mockResolvedValue(done([session]));
    await click(find('li button', texts.endOf(texts.unknownPlace)));
    expect(people.endOwnSessions).toHaveBeenCalledExactlyOnceWith({ one: 'ses_2' });
    expect(find('[role=status]').textContent).toBe(texts.ended);
    expect(document.querySelectorAll('li')).toHaveLength(1);
  });

  it('ends all others', async () => {
    const { people } = await show();
    await click(find('button', texts.endOthers));
    expect(people.endOwnSessions).toHaveBeenCalledExactlyOnceWith('others');
    expect(find('[role=status]').textContent).toBe(texts.othersEnded);
  });

  it('asks before it ends everything, says what guests lose, and signs out', async () => {
    const { people, session: store } = await show({}, { ...bob, role: 'guest' });
    await click(find('button', texts.everywhere));
    expect(find('dialog').textContent).toContain(texts.everywhereLost);
    await click(find('dialog button', en.common.cancel));
    expect(people.endOwnSessions).not.toHaveBeenCalled();
    await click(find('button', texts.everywhere));
    await click(find('dialog button', texts.everywhere));
    expect(people.endOwnSessions).toHaveBeenCalledExactlyOnceWith('all');
    expect(store.get()).toMatchObject({ kind: 'guest', ended: false });
  });

  it('says what failed, and tries again', async () => {
    const { people } = await show({
      ownSessions: async () => unreachable,
      endOwnSessions: async () => refused(404, 'not_found'),
    });
    expect(find('[role=alert]').textContent).toContain(texts.loadFailed);
    people.ownSessions.mockResolvedValue(done([session, { ...session, id: 'ses_2', current: false }]));
    await click(find('button', en.common.tryAgain));
    await click(find('li button', texts.endOf('Firefox on Linux')));
    expect(find('[role=alert]').textContent).toBe(en.errors.codes.not_found);
  });
});

it('a place is said in the language of the page', () => {
  expect(placeName('Firefox on Linux', fr)).toBe('Firefox sur Linux');
  expect(placeName('curl', fr)).toBe('curl');
  expect(placeName(null, fr)).toBe(fr.people.sessions.unknownPlace);
});
