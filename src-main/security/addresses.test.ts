import { describe, expect, it } from 'vitest';
import { externalAddress, isOwnPage } from './addresses.ts';

const own = 'http://127.0.0.1:4711';

describe('own pages', () => {
  it.each([
    ['http://127.0.0.1:4711/', true],
    ['http://127.0.0.1:4711/admin?x#y', true],
    ['http://127.0.0.1:4712/', false],
    ['http://localhost:4711/', false],
    ['https://127.0.0.1:4711/', false],
    ['http://127.0.0.1:4711.evil.example/', false],
    ['http://127.0.0.1:4711@evil.example/', false],
    ['file:///etc/passwd', false],
    ['blob:http://127.0.0.1:4711/8e5e', false],
    ['filesystem:http://127.0.0.1:4711/temporary/x', false],
    ['view-source:http://127.0.0.1:4711/', false],
    ['about:blank', false],
    ['data:text/html,x', false],
    ['javascript:alert(1)', false],
    ['', false],
  ])('%s → %s', (address, expected) => {
    expect(isOwnPage(address, own)).toBe(expected);
  });
});

describe('external addresses', () => {
  it.each([
    ['https://example.org/a?b#c', 'https://example.org/a?b#c'],
    ['HTTP://EXAMPLE.ORG', 'http://example.org/'],
    ['mailto:ada@example.org', 'mailto:ada@example.org'],
    ['https://user:pw@example.org/', null],
    ['file:///etc/passwd', null],
    ['smb://server/share', null],
    ['ms-msdt:/id', null],
    ['javascript:alert(1)', null],
    ['data:text/html,x', null],
    ['foyer://settings', null],
    ['vscode://x', null],
    ['not an address', null],
  ])('%s → %s', (address, expected) => {
    expect(externalAddress(address)).toBe(expected);
  });
});
