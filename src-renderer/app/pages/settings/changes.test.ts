import { describe, expect, it } from 'vitest';
import type { AdminSettings } from '../../../../src-shared/api/index.ts';
import { changesOf, inputOf } from './changes.ts';

const settings: AdminSettings = {
  connection: {
    base_url: 'https://api.openai.com/v1',
    base_url_source: 'default',
    mode: 'responses',
    model: 'gpt-5-mini',
    model_source: 'settings',
    instructions: 'Be kind.',
    instructions_source: 'settings',
    key: 'keychain',
    offline_guide: false,
  },
  keychain: { kind: 'os', status: 'ok' },
  version: '0.1.0',
  data_dir: '/data',
};
const input = inputOf(settings);

describe('changesOf', () => {
  it('sends nothing when nothing changed', () => {
    expect(changesOf(input, settings)).toEqual({});
    expect(changesOf({ ...input, model: ' gpt-5-mini ', apiKey: '  ' }, settings)).toEqual({});
  });

  it('sends only what changed, trimmed', () => {
    expect(changesOf({ ...input, baseUrl: ' http://localhost:1/v1 ', apiKey: ' sk ' }, settings)).toEqual({
      base_url: 'http://localhost:1/v1',
      api_key: 'sk',
    });
  });

  it('turns an emptied field into the default', () => {
    expect(changesOf({ ...input, baseUrl: '', model: ' ', instructions: '\n' }, settings)).toEqual({
      base_url: null,
      model: null,
      instructions: null,
    });
  });

  it('keeps the line breaks of instructions', () => {
    expect(changesOf({ ...input, instructions: 'Be kind.\n' }, settings)).toEqual({
      instructions: 'Be kind.\n',
    });
  });

  it('never touches what the environment fixes', () => {
    const fixed: AdminSettings = {
      ...settings,
      connection: { ...settings.connection, base_url_source: 'environment', model_source: 'env-file' },
    };
    expect(changesOf({ ...input, baseUrl: 'http://other', model: 'other' }, fixed)).toEqual({});
  });
});
