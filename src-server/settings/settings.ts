/** Typed settings: defaults < `DATA/settings.json` < `.env` < environment. */
import fs from 'node:fs';
import path from 'node:path';
import { parse as parseEnvFile } from 'dotenv';
import { z } from 'zod';
import type { SettingSource } from '../../src-shared/api/index.ts';
import { VARIABLE_NAMES, VARIABLES, type ValueOf, type VariableName } from './variables.ts';
import { writeFileAtomically } from './write-file.ts';

/** Thrown at start when a setting cannot be used; says which, where it was set, and what is wrong with it. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

export interface Setting<T> {
  readonly value: T;
  readonly source: SettingSource;
}

/** The settings that the administrator can change in the app; the rest belongs to whoever starts Foyer. */
export type EditableName =
  | 'OPENAI_BASE_URL'
  | 'CHATKIT_AGENT_MODEL'
  | 'CHATKIT_AGENT_INSTRUCTIONS'
  | 'FOYER_LOCK_AFTER_MINUTES'
  | 'FOYER_LOCK_WITH_SYSTEM'
  | 'FOYER_LOCK_AT_START';

export interface Settings {
  get<N extends VariableName>(name: N): Setting<ValueOf<N>> | Setting<null>;
  /** The value of a setting that has a default. */
  value<N extends NamesWithDefault>(name: N): ValueOf<N>;
  /** Writes to `settings.json`; null removes. On disk when it returns. */
  update(changes: Partial<Record<EditableName, string | null>>): void;
}

type NamesWithDefault = {
  [N in VariableName]: (typeof VARIABLES)[N]['fallback'] extends null ? never : N;
}[VariableName];

/** Names and texts, as the environment and `.env` files give them. */
export type EnvLayer = Readonly<Record<string, string | undefined>>;

const fileSchema = z.record(z.string(), z.union([z.string(), z.number()]));

/**
 * Reads and checks all settings once.
 *
 * @param options.env the process environment
 * @param options.envFile path of a `.env` file; may not exist
 * @throws {SettingsError} naming every setting that cannot be used
 */
export function loadSettings(options: {
  dataDir: string;
  env: EnvLayer;
  envFile?: string | undefined;
}): Settings {
  const file = path.join(options.dataDir, 'settings.json');
  const envFileLayer = options.envFile === undefined ? {} : readEnvFile(options.envFile);
  let stored = readSettingsFile(file);

  const raw = (name: VariableName): { text: string; source: SettingSource } | null => {
    const layers: readonly [SettingSource, string | undefined][] = [
      ['environment', options.env[name]],
      ['env-file', envFileLayer[name]],
      ['settings', stored[name]],
    ];
    for (const [source, text] of layers) {
      if (text !== undefined && text !== '') return { text, source };
    }
    return null;
  };

  const read = (name: VariableName): Setting<unknown> => {
    const found = raw(name);
    const variable = VARIABLES[name];
    if (found === null) return { value: variable.fallback, source: 'default' };
    const parsed = variable.schema.safeParse(found.text);
    if (parsed.success) return { value: parsed.data, source: found.source };
    const where = { environment: 'the environment', 'env-file': '.env', settings: file, default: '' }[
      found.source
    ];
    const shown = variable.secret ? '' : ` (${JSON.stringify(found.text.slice(0, 80))})`;
    throw new SettingsError(
      `${name}${shown} in ${where}: ${parsed.error.issues.map((issue) => issue.message).join('; ')}`,
    );
  };

  const problems: string[] = [];
  const values = new Map<VariableName, Setting<unknown>>();
  for (const name of VARIABLE_NAMES) {
    try {
      values.set(name, read(name));
    } catch (error) {
      if (!(error instanceof SettingsError)) throw error;
      problems.push(error.message);
    }
  }
  if (problems.length > 0) {
    throw new SettingsError(`These settings cannot be used:\n  ${problems.join('\n  ')}`);
  }

  const get = <N extends VariableName>(name: N) => values.get(name) as Setting<ValueOf<N>> | Setting<null>;

  return {
    get,
    value: <N extends NamesWithDefault>(name: N) => get(name).value as ValueOf<N>,
    update(changes) {
      const next = { ...stored };
      for (const name of Object.keys(changes) as EditableName[]) {
        const value = changes[name];
        if (value === null) delete next[name];
        else if (value !== undefined) {
          VARIABLES[name].schema.parse(value);
          next[name] = value;
        }
      }
      writeFileAtomically(file, `${JSON.stringify(next, null, 2)}\n`);
      stored = next;
      for (const name of Object.keys(changes) as EditableName[]) values.set(name, read(name));
    },
  };
}

/** Reads a `.env` file; an absent one is empty. @throws {SettingsError} when it cannot be read */
export function readEnvFile(file: string): EnvLayer {
  try {
    return parseEnvFile(fs.readFileSync(file));
  } catch (error) {
    if (isMissing(error)) return {};
    throw new SettingsError(
      `${file} cannot be read: ${error instanceof Error ? error.message : 'unknown reason'}`,
    );
  }
}

function readSettingsFile(file: string): Record<string, string> {
  let text: string;
  try {
    text = fs.readFileSync(file, 'utf8');
  } catch (error) {
    if (isMissing(error)) return {};
    throw error;
  }
  const parsed = parseJson(text);
  const values = fileSchema.safeParse(parsed);
  if (!values.success) {
    throw new SettingsError(
      `${file} is not a JSON object of settings. Correct it, or move it away: Foyer then starts with the defaults.`,
    );
  }
  const secrets = VARIABLE_NAMES.filter((name) => VARIABLES[name].secret && name in values.data);
  if (secrets.length > 0) {
    throw new SettingsError(
      `${file} holds ${secrets.join(', ')}: secrets belong in the keychain or the environment. Remove them there.`,
    );
  }
  return Object.fromEntries(Object.entries(values.data).map(([name, value]) => [name, String(value)]));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
