import { act, useCallback } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Security } from '../../../src-shared/api/index.ts';
import { en } from '../i18n/en.ts';
import { useServices } from '../services.tsx';
import { createSessionStore } from '../session/session.ts';
import {
  ada,
  done,
  fakeApi,
  fakeSecurity,
  RECOVERY_CODE,
  refused,
  security,
  unreachable,
} from '../testing/fake-api.ts';
import { click, field, find, render, submit, type } from '../testing/render.tsx';
import { useLoaded } from '../ui/use-loaded.ts';
import { SealGate } from './seal-gate.tsx';

const texts = en.security.sealing;
const required: Security = { ...security, sealing: 'required' };
const sealed: Security = { ...required, protection: 'sealed' };

/** Something with a text in it, and something that is asked of the server. */
function Page() {
  const { api } = useServices();
  const { state } = useLoaded(useCallback(() => api.status(), [api]));
  return (
    <>
      <label htmlFor="box">Message</label>
      <input id="box" />
      <p>{state.kind}</p>
    </>
  );
}

async function open(state: Security, overrides: Parameters<typeof fakeApi>[0] = {}) {
  const fake = fakeSecurity({ state: async () => done(state), seal: async () => done(sealed) });
  const api = fakeApi({ security: fake, ...overrides });
  const session = createSessionStore(() => '/');
  session.signedIn(ada);
  await render(
    <SealGate user={ada}>
      <Page />
    </SealGate>,
    { api, session },
  );
  // What is shown is loaded when it is needed.
  await act(() => vi.dynamicImportSettled());
  return { api, security: fake, session };
}

async function sealHere(): Promise<void> {
  await type(field(en.fields.currentPassword), 'correct horse');
  await submit();
  await type(field('Type part 3'), RECOVERY_CODE.split('-')[2] ?? '');
  await submit();
}

const page = () => field('Message').closest('div');

describe('SealGate', () => {
  afterEach(() => void vi.useRealTimers());

  it('shows nothing of the page to those who come in, until they have sealed', async () => {
    await open(required);
    expect(find('h1').textContent).toBe(texts.requiredTitle);
    expect(document.activeElement).toBe(find('h1'));
    expect(document.body.textContent).toContain(texts.requiredLead);
    expect(document.querySelector('#box')).toBeNull();
    await sealHere();
    expect(document.querySelector('dialog')).toBeNull();
    expect(page()?.hidden).toBe(false);
  });

  it('comes up over a page that is open, which waits behind with what was typed', async () => {
    const { security: fake, session } = await open(security);
    expect(document.querySelector('dialog')).toBeNull();
    const box = field('Message');
    await type(box, 'half a thought');
    box.focus();
    fake.state.mockResolvedValue(done(required));
    await act(async () => session.sealingRequired());
    await act(() => vi.dynamicImportSettled());
    expect(find<HTMLDialogElement>('dialog').open).toBe(true);
    expect(document.activeElement).toBe(find('h1'));
    expect(document.body.textContent).toContain(texts.requiredNow);
    expect(page()?.hidden).toBe(true);
    expect(page()?.inert).toBe(true);

    await sealHere();
    expect(session.get()).toMatchObject({ kind: 'signed-in', mustSeal: false });
    expect(document.querySelector('dialog')).toBeNull();
    expect(page()?.hidden).toBe(false);
    expect(page()?.inert).toBe(false);
    expect(field('Message'), 'the same field').toBe(box);
    expect(box.value).toBe('half a thought');
    expect(document.activeElement).toBe(box);
  });

  it('loads again what was refused meanwhile, and nothing else', async () => {
    const {
      api,
      security: fake,
      session,
    } = await open(security, { status: async () => refused(403, 'account_not_sealed') });
    expect(page()?.textContent).toContain('failed');
    const before = api.status.mock.calls.length;
    fake.state.mockResolvedValue(done(required));
    await act(async () => session.sealingRequired());
    await act(async () => session.sealingSettled());
    expect(api.status).toHaveBeenCalledTimes(before + 1);
  });

  it('cannot be closed by Escape', async () => {
    await open(required);
    const dialog = find<HTMLDialogElement>('dialog');
    const cancel = new Event('cancel', { cancelable: true });
    dialog.dispatchEvent(cancel);
    expect(cancel.defaultPrevented).toBe(true);
    dialog.close();
    await act(async () => dialog.dispatchEvent(new Event('close')));
    expect(dialog.open).toBe(true);
  });

  it('goes away by itself when another window has sealed the account', async () => {
    vi.useFakeTimers();
    const { security: fake } = await open(required);
    await act(() => vi.advanceTimersByTimeAsync(60_000));
    expect(find('h1').textContent).toBe(texts.requiredTitle);
    fake.state.mockResolvedValue(unreachable);
    await act(() => vi.advanceTimersByTimeAsync(30_000));
    expect(find('h1').textContent, 'nobody has said so').toBe(texts.requiredTitle);
    fake.state.mockResolvedValue(done(sealed));
    await act(() => vi.advanceTimersByTimeAsync(10_000));
    expect(document.querySelector('dialog')).toBeNull();
    expect(page()?.hidden).toBe(false);
  });

  it('lets people sign out, and says when that did not work', async () => {
    const { api, session } = await open(required, { signOut: async () => unreachable });
    await click(find('button', en.nav.signOut));
    expect(find('[role=alert]').textContent).toContain(en.errors.unreachable);
    expect(session.get().kind).toBe('signed-in');
    api.signOut.mockResolvedValue(done(undefined));
    await click(find('button', en.nav.signOut));
    expect(session.get().kind).toBe('guest');
  });
});
