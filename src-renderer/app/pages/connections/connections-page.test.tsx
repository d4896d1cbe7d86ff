import { act } from 'react';
import { describe, expect, it } from 'vitest';
import type { ConnectionTest } from '../../../../src-shared/api/index.ts';
import type { ApiResult } from '../../api/failure.ts';
import { fullEn as en } from '../../i18n/full-en.ts';
import { connection, done, fakeApi, fakeGovernance, refused, unreachable } from '../../testing/fake-api.ts';
import { click, field, find, render, submit, type } from '../../testing/render.tsx';
import ConnectionsPage from './connections-page.tsx';

const texts = en.governance.connections;

async function show(overrides: Parameters<typeof fakeGovernance>[0] = {}) {
  const governance = fakeGovernance(overrides);
  await render(<ConnectionsPage />, { api: fakeApi({ governance }) });
  return governance;
}

describe('the page of connections', () => {
  it('says when it cannot be loaded, and tries again', async () => {
    let isThere = false;
    await show({ connections: async () => (isThere ? done([connection]) : unreachable) });
    expect(find('[role=alert]').textContent).toContain(texts.loadFailed);
    isThere = true;
    await click(find('button', en.common.tryAgain));
    expect(find('section').textContent).toContain('House server');
  });

  it('stops a test that is under way, and drops what it answers', async () => {
    let answer: (result: ApiResult<ConnectionTest>) => void = () => undefined;
    let signal: AbortSignal | undefined;
    await show({
      testConnection: (_id, given) => {
        signal = given;
        return new Promise((resolve) => {
          answer = resolve;
        });
      },
    });
    await click(find('button', texts.test));
    await click(find('button', texts.stop));
    expect(signal?.aborted).toBe(true);
    await act(async () => answer(done({ outcome: 'ok', status: 200, milliseconds: 1, found: [] })));
    expect(document.body.textContent).not.toContain(texts.outcome.ok);
  });

  it('says when the last test was, once there has been one', async () => {
    let tested = false;
    await show({
      connections: async () =>
        done([
          tested ? { ...connection, tested_at: '2026-11-28T08:00:00Z', test_outcome: 'ok' } : connection,
        ]),
      testConnection: async () => {
        tested = true;
        return done({ outcome: 'ok', status: 200, milliseconds: 1, found: [] });
      },
    });
    await click(find('button', texts.test));
    expect(document.querySelector('time[datetime="2026-11-28T08:00:00Z"]')).not.toBeNull();
    expect(find('[role=status]').textContent).toContain(texts.outcome.ok);
  });

  it('keeps the old key when the new one is refused, and offers to save it all the same', async () => {
    const governance = await show({
      setKey: async (_id, { untested }) =>
        untested === true ? done(connection) : refused(409, 'key_not_accepted'),
    });
    await click(find('button', texts.changeKey));
    await submit();
    expect(governance.setKey).not.toHaveBeenCalled();
    await type(field(texts.keyForm.label), 'sk-new');
    await submit();
    expect(governance.setKey).toHaveBeenLastCalledWith('con_1', { api_key: 'sk-new', untested: false });
    await click(find('button', texts.keyForm.saveUntested));
    expect(governance.setKey).toHaveBeenLastCalledWith('con_1', { api_key: 'sk-new', untested: true });
    expect(document.querySelector('dialog')).toBeNull();
  });

  it('says before that another server drops the key', async () => {
    const governance = await show();
    await click(find('button', texts.edit));
    await type(field(texts.form.address), 'https://models.example.org/v2');
    expect(document.body.textContent).not.toContain(texts.form.keyDropped);
    await type(field(texts.form.address), 'https://other.example.org/v1');
    expect(document.body.textContent).toContain(texts.form.keyDropped);
    await type(field(texts.form.address), 'javascript:alert(1)');
    await submit();
    expect(document.body.textContent).toContain(texts.form.addressInvalid);
    expect(governance.updateConnection).not.toHaveBeenCalled();
  });

  it('reads prices as they are typed', async () => {
    const governance = await show();
    await click(find('button', texts.editModels));
    await type(field(texts.modelForm.input), '0,15');
    await type(field(texts.modelForm.longest), '');
    await submit();
    expect(governance.offerModels).toHaveBeenCalledWith('con_1', [
      { ...connection.models[0], input_price: 150_000, max_output_tokens: null },
    ]);
  });
});
