import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { clientAddress, networkOf } from './client-address.ts';

const find = (trusted: string[], remoteAddress: string | undefined, forwarded?: string | string[]) =>
  clientAddress(trusted)({
    socket: { remoteAddress } as Socket,
    headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded as string },
  });

describe('where a request comes from', () => {
  it.each([
    ['nobody is trusted', [], '127.0.0.1', '198.51.100.7', '127.0.0.1'],
    ['an unnamed proxy', ['10.0.0.1'], '127.0.0.1', '198.51.100.7', '127.0.0.1'],
    ['a named one', ['127.0.0.1'], '127.0.0.1', '198.51.100.7', '198.51.100.7'],
    ['a named one, seen as IPv6', ['127.0.0.1'], '::ffff:127.0.0.1', '198.51.100.7', '198.51.100.7'],
    ['what the caller wrote before it', ['127.0.0.1'], '127.0.0.1', '1.1.1.1, 198.51.100.7', '198.51.100.7'],
    [
      'two of ours in a row',
      ['127.0.0.1', '10.0.0.0/8'],
      '127.0.0.1',
      '9.9.9.9, 198.51.100.7, 10.1.2.3',
      '198.51.100.7',
    ],
    ['the caller claims to be ours', ['127.0.0.1'], '127.0.0.1', '127.0.0.1, 198.51.100.7', '198.51.100.7'],
    ['only ours', ['127.0.0.0/8'], '127.0.0.1', '127.0.0.2', '127.0.0.2'],
    ['with a port', ['127.0.0.1'], '127.0.0.1', '198.51.100.7:4711', '198.51.100.7'],
    ['IPv6 with a port', ['::1'], '::1', '[2001:db8::7]:4711', '2001:db8::7'],
    ['nonsense', ['127.0.0.1'], '127.0.0.1', '198.51.100.7, unknown', '127.0.0.1'],
    ['a line break of sorts', ['127.0.0.1'], '127.0.0.1', 'evil\u2028', '127.0.0.1'],
    ['nothing', ['127.0.0.1'], '127.0.0.1', '', '127.0.0.1'],
    ['no header', ['127.0.0.1'], '127.0.0.1', undefined, '127.0.0.1'],
    ['a range of IPv6', ['fd00::/8'], 'fd00::5', '2001:db8::7', '2001:db8::7'],
  ])('%s', (_name, trusted, peer, forwarded, expected) => {
    expect(find(trusted, peer, forwarded)).toBe(expected);
  });

  it('joins headers that came more than once, looks at so many and no more, and bears a gone connection', () => {
    expect(find(['127.0.0.1'], '127.0.0.1', ['1.1.1.1', '198.51.100.7'])).toBe('198.51.100.7');
    expect(find(['127.0.0.0/8'], '127.0.0.1', `9.9.9.9${', 127.0.0.1'.repeat(5_000)}`)).toBe('127.0.0.1');
    expect(find([], undefined)).toBeNull();
  });

  it.each(['10.0.0.0/33', '300.1.1.1', 'proxy.example', '10.0.0.0/x'])('refuses the range %s', (range) => {
    expect(() => clientAddress([range])).toThrow();
  });
});

it.each([
  ['198.51.100.7', '198.51.100.7'],
  ['::ffff:198.51.100.7', '198.51.100.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::'],
  ['127.0.0.1', null],
  ['::1', null],
  ['::ffff:127.0.0.1', null],
  ['nonsense', null],
])('%s counts as %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});
