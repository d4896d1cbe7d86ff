import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadSettings, SettingsError } from './settings.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'foyer-settings-'));
});
afterEach(() => fs.rmSync(dataDir, { recursive: true, force: true }));

const file = () => path.join(dataDir, 'settings.json');
const envFile = () => path.join(dataDir, '.env');

describe('settings', () => {
  it('takes defaults, then settings.json, then .env, then the environment', () => {
    const load = (env = {}) => loadSettings({ dataDir, env, envFile: envFile() });
    expect(load().get('CHATKIT_AGENT_MODEL')).toEqual({ value: 'gpt-4.1-mini', source: 'default' });
    fs.writeFileSync(file(), JSON.stringify({ CHATKIT_AGENT_MODEL: 'from-file' }));
    expect(load().get('CHATKIT_AGENT_MODEL')).toEqual({ value: 'from-file', source: 'settings' });
    fs.writeFileSync(envFile(), 'CHATKIT_AGENT_MODEL="from env file"\n');
    expect(load().get('CHATKIT_AGENT_MODEL')).toEqual({ value: 'from env file', source: 'env-file' });
    expect(load({ CHATKIT_AGENT_MODEL: 'from-env' }).get('CHATKIT_AGENT_MODEL')).toEqual({
      value: 'from-env',
      source: 'environment',
    });
  });

  it('treats an empty variable as absent', () => {
    const settings = loadSettings({ dataDir, env: { ACCESS_TOKEN_EXPIRE_MINUTES: '', ADMIN_EMAIL: '' } });
    expect(settings.value('ACCESS_TOKEN_EXPIRE_MINUTES')).toBe(120);
    expect(settings.get('ADMIN_EMAIL').value).toBeNull();
  });

  it('names every setting that cannot be used, and where it was set', () => {
    fs.writeFileSync(file(), JSON.stringify({ OPENAI_BASE_URL: 'ftp://example.org' }));
    const load = () =>
      loadSettings({ dataDir, env: { FOYER_PORT: 'eighty', ACCESS_TOKEN_EXPIRE_MINUTES: '0' } });
    expect(load).toThrow(SettingsError);
    expect(load).toThrow(/FOYER_PORT \("eighty"\) in the environment/);
    expect(load).toThrow(/ACCESS_TOKEN_EXPIRE_MINUTES/);
    expect(load).toThrow(/OPENAI_BASE_URL .* in .*settings\.json/);
  });

  it('never shows a secret in an error', () => {
    const load = () => loadSettings({ dataDir, env: { AUTH_SECRET_KEY: 'hunter2', ADMIN_PASSWORD: 'pw' } });
    expect(load).toThrow(/AUTH_SECRET_KEY in the environment/);
    expect(load).not.toThrow(/hunter2/);
  });

  it('refuses secrets in settings.json, and a file that is not an object', () => {
    fs.writeFileSync(file(), JSON.stringify({ OPENAI_API_KEY: 'sk-secret' }));
    expect(() => loadSettings({ dataDir, env: {} })).toThrow(/OPENAI_API_KEY.*keychain/);
    fs.writeFileSync(file(), '{ broken');
    expect(() => loadSettings({ dataDir, env: {} })).toThrow(/not a JSON object/);
  });

  it('splits and normalises origins', () => {
    const env = { ALLOWED_ORIGINS: 'https://a.example, http://b.example:81/,' };
    expect(loadSettings({ dataDir, env }).value('ALLOWED_ORIGINS')).toEqual([
      'https://a.example',
      'http://b.example:81',
    ]);
    expect(() => loadSettings({ dataDir, env: { ALLOWED_ORIGINS: 'https://a.example/path' } })).toThrow(
      SettingsError,
    );
    expect(() => loadSettings({ dataDir, env: { ALLOWED_ORIGINS: '*' } })).toThrow(SettingsError);
  });

  it('keeps what the administrator changes, and what it does not know', () => {
    fs.writeFileSync(file(), JSON.stringify({ FROM_A_NEWER_FOYER: 'kept' }));
    const settings = loadSettings({ dataDir, env: {} });
    settings.update({ CHATKIT_AGENT_MODEL: 'm1', OPENAI_BASE_URL: 'http://127.0.0.1:11434/v1' });
    expect(settings.value('CHATKIT_AGENT_MODEL')).toBe('m1');
    settings.update({ CHATKIT_AGENT_MODEL: null });
    expect(settings.get('CHATKIT_AGENT_MODEL').source).toBe('default');
    expect(JSON.parse(fs.readFileSync(file(), 'utf8'))).toEqual({
      FROM_A_NEWER_FOYER: 'kept',
      OPENAI_BASE_URL: 'http://127.0.0.1:11434/v1',
    });
    expect(() => settings.update({ OPENAI_BASE_URL: 'nonsense' })).toThrow();
    expect(loadSettings({ dataDir, env: {} }).value('OPENAI_BASE_URL')).toBe('http://127.0.0.1:11434/v1');
    if (process.platform !== 'win32') expect(fs.statSync(file()).mode & 0o077).toBe(0);
  });
});
