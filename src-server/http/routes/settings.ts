import { Router } from 'express';
import {
  type AdminSettings,
  type AppStatus,
  type KeychainState,
  type OfferedModel,
  type UpdateSettingsRequest,
  updateSettingsRequestSchema,
} from '../../../src-shared/api/index.ts';
import type { Accounts, Caller } from '../../accounts/index.ts';
import type { Attachments } from '../../attachments/index.ts';
import type { Connections } from '../../connections/index.ts';
import type { RequestContext } from '../../context.ts';
import type { ConnectionSettings } from '../../settings/connection.ts';
import type { EditableName, Settings } from '../../settings/settings.ts';
import { DEFAULT_BASE_URL } from '../../settings/variables.ts';
import { ApiError } from '../errors.ts';
import type { CallerGuard } from '../guards/caller.ts';
import { parseBody } from '../validate.ts';

export interface SettingsRoutesOptions {
  readonly guard: CallerGuard;
  readonly accounts: Pick<Accounts, 'writeAudit'>;
  readonly settings: Settings;
  readonly connection: ConnectionSettings;
  readonly connections: Pick<Connections, 'personal'>;
  readonly modelsFor: (person: Pick<RequestContext, 'userId' | 'role'>) => Promise<readonly OfferedModel[]>;
  readonly keychainState: KeychainState;
  readonly attachments: Pick<Attachments, 'limitsFor'>;
  readonly version: string;
  readonly dataDir: string;
}

const FIELDS = {
  base_url: 'OPENAI_BASE_URL',
  model: 'CHATKIT_AGENT_MODEL',
  instructions: 'CHATKIT_AGENT_INSTRUCTIONS',
} as const satisfies Record<string, EditableName>;

/** The administrator's settings, and what every signed-in person may know about the state of Foyer. */
export function settingsRoutes(options: SettingsRoutesOptions): Router {
  const { guard, settings, connection } = options;
  const router = Router();
  const note = (caller: Caller, action: 'settings.changed' | 'settings.key_changed') =>
    options.accounts.writeAudit({ action, actorId: caller.user.id, subjectId: null });

  const present = async (): Promise<AdminSettings> => {
    const resolved = await connection.resolve();
    return {
      connection: {
        base_url: settings.value('OPENAI_BASE_URL'),
        base_url_source: settings.get('OPENAI_BASE_URL').source,
        mode: resolved.mode,
        model: settings.value('CHATKIT_AGENT_MODEL'),
        model_source: settings.get('CHATKIT_AGENT_MODEL').source,
        instructions: settings.value('CHATKIT_AGENT_INSTRUCTIONS'),
        instructions_source: settings.get('CHATKIT_AGENT_INSTRUCTIONS').source,
        key: resolved.key,
        offline_guide: resolved.connection.kind === 'guide',
      },
      keychain: options.keychainState,
      version: options.version,
      data_dir: options.dataDir,
    };
  };

  router.get(
    '/status',
    guard.may('status.read', async (caller, _request, response) => {
      const { connection: active } = await connection.resolve();
      const person = { userId: caller.user.id, role: caller.role };
      const offered = await options.modelsFor(person);
      const models = offered.map(({ id }) => id);
      const labelled = offered.filter(({ id, label }) => label !== '' && label !== id);
      const { bytes, perMessage } = options.attachments.limitsFor(person);
      const status: AppStatus = {
        offline_guide: active.kind === 'guide' && models.length === 0,
        models,
        ...(labelled.length > 0 && {
          model_labels: Object.fromEntries(labelled.map(({ id, label }) => [id, label])),
        }),
        keychain: options.keychainState,
        attachments: { max_bytes: bytes, per_message: perMessage },
      };
      response.json(status);
    }),
  );

  router.get(
    '/admin/settings',
    guard.may('settings.read', async (_caller, _request, response) => void response.json(await present())),
  );

  router.put(
    '/admin/settings',
    guard.may('settings.change', async (caller, request, response) => {
      const input = parseBody(request, updateSettingsRequestSchema);
      const changes = changesOf(input, settings);
      // The key first: when the keychain refuses it, nothing has changed.
      if (input.api_key !== undefined) {
        const baseUrl = input.base_url === null ? DEFAULT_BASE_URL : input.base_url;
        await keepKey(connection, input.api_key, baseUrl ?? settings.value('OPENAI_BASE_URL'));
        note(caller, 'settings.key_changed');
      }
      settings.update(changes);
      if (Object.keys(changes).length > 0) note(caller, 'settings.changed');
      if ('OPENAI_BASE_URL' in changes) {
        // People's own keys of another origin are not used from here on; where the keychain fails, the next start drops them.
        await options.connections.personal.dropLost().catch(() => undefined);
        await connection.dropKeyOfOtherOrigin();
      }
      response.json(await present());
    }),
  );

  return router;
}

/** @throws {ApiError} when a value is fixed by the environment, before anything is written */
function changesOf(
  input: UpdateSettingsRequest,
  settings: Settings,
): Partial<Record<EditableName, string | null>> {
  const changes: Partial<Record<EditableName, string | null>> = {};
  for (const field of Object.keys(FIELDS) as (keyof typeof FIELDS)[]) {
    const value = input[field];
    if (value === undefined) continue;
    const { source } = settings.get(FIELDS[field]);
    if (source === 'environment' || source === 'env-file') {
      throw new ApiError('managed_by_environment', `(${FIELDS[field]})`);
    }
    changes[FIELDS[field]] = value;
  }
  return changes;
}

async function keepKey(connection: ConnectionSettings, key: string | null, baseUrl: string): Promise<void> {
  try {
    await connection.setKey(key, baseUrl);
  } catch {
    throw new ApiError('keychain_unavailable');
  }
}
