import { describe, expect, it } from 'vitest';
import { ChatKitError } from '../errors.ts';
import { createMethodGate } from './method-gate.ts';

describe('method gate', () => {
  it('holds calls until it opens and runs them in order', async () => {
    const gate = createMethodGate<string>();
    const ran: string[] = [];
    const calls = [gate.run((v) => ran.push(`a${v}`)), gate.run((v) => ran.push(`b${v}`))];
    await Promise.resolve();
    expect(ran).toEqual([]);
    gate.open('1');
    await Promise.all(calls);
    expect(ran).toEqual(['a1', 'b1']);
  });

  it('turns a throw into a rejection', async () => {
    const gate = createMethodGate<string>();
    gate.open('1');
    const call = gate.run(() => {
      throw new ChatKitError('busy', 'no');
    });
    await expect(call).rejects.toMatchObject({ code: 'busy' });
  });

  it('rejects waiting and later calls when it fails, and recovers when it opens', async () => {
    const gate = createMethodGate<string>();
    const waiting = gate.run(() => 1);
    gate.fail(new ChatKitError('configuration', 'no url'));
    await expect(waiting).rejects.toMatchObject({ code: 'configuration' });
    await expect(gate.run(() => 1)).rejects.toMatchObject({ code: 'configuration' });
    gate.open('1');
    await expect(gate.run(() => 2)).resolves.toBe(2);
  });

  it('rejects what waits when the element leaves, and lets new calls wait', async () => {
    const gate = createMethodGate<string>();
    const waiting = gate.run(() => 1);
    gate.close();
    await expect(waiting).rejects.toMatchObject({ code: 'disconnected' });
    const later = gate.run((v) => v);
    gate.open('back');
    await expect(later).resolves.toBe('back');
  });
});
