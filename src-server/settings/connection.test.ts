import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Keychain, sessionKeychain } from '../keychain/index.ts';
import { connectionSettings } from './connection.ts';
import { loadSettings } from './settings.ts';
import { DEFAULT_BASE_URL } from './variables.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'foyer-connection-'));
});
afterEach(() => fs.rmSync(dataDir, { recursive: true, force: true }));

const memoryKeychain = (): Keychain => ({ ...sessionKeychain(), place: 'os' });

function open(env: Record<string, string> = {}, keychain = memoryKeychain()) {
  const settings = loadSettings({ dataDir, env });
  return {
    settings,
    keychain,
    connection: connectionSettings({ settings, keychain, account: 'connection-key:test' }),
  };
}

describe('the connection', () => {
  it('is the offline guide without a key', async () => {
    const resolved = await open().connection.resolve();
    expect(resolved.connection).toEqual({ kind: 'guide' });
    expect(resolved.key).toBe('none');
  });

  it('uses the Responses API with OpenAI and chat completions elsewhere', async () => {
    const openAI = await open({ OPENAI_API_KEY: 'sk-1' }).connection.resolve();
    expect(openAI.connection).toMatchObject({ kind: 'provider', mode: 'responses', apiKey: 'sk-1' });
    const local = await open({ OPENAI_BASE_URL: 'http://127.0.0.1:11434/v1' }).connection.resolve();
    expect(local.connection).toMatchObject({ kind: 'provider', mode: 'chat', apiKey: null });
    const forced = await open({ OPENAI_BASE_URL: 'http://127.0.0.1:1/v1', OPENAI_API_MODE: 'responses' });
    expect((await forced.connection.resolve()).connection).toMatchObject({ mode: 'responses' });
  });

  it('keeps a typed key in the keychain, for the origin it was typed for', async () => {
    const { settings, connection, keychain } = open();
    await connection.setKey('sk-typed', DEFAULT_BASE_URL);
    expect(await connection.resolve()).toMatchObject({ key: 'keychain', connection: { apiKey: 'sk-typed' } });

    settings.update({ OPENAI_BASE_URL: 'https://elsewhere.example/v1' });
    expect((await connection.resolve()).connection).toMatchObject({ kind: 'provider', apiKey: null });
    await connection.dropKeyOfOtherOrigin();
    expect(await keychain.list()).toEqual([]);
  });

  it('never sends the key of the environment to an address typed in the app', async () => {
    const { settings, connection } = open({ OPENAI_API_KEY: 'sk-env' });
    settings.update({ OPENAI_BASE_URL: 'https://elsewhere.example/v1' });
    expect((await connection.resolve()).connection).toMatchObject({ kind: 'provider', apiKey: null });
  });

  it('does without the keychain while it is locked, and finds the key again afterwards', async () => {
    const keychain = memoryKeychain();
    let locked = true;
    const guarded: Keychain = {
      ...keychain,
      get: (account) => (locked ? Promise.reject(new Error('locked')) : keychain.get(account)),
    };
    const { connection } = open({}, guarded);
    await connection.setKey('sk-typed', DEFAULT_BASE_URL);
    expect((await connection.resolve()).connection).toEqual({ kind: 'guide' });
    locked = false;
    expect((await connection.resolve()).connection).toMatchObject({ apiKey: 'sk-typed' });
  });
});
