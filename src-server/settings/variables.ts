/**
 * Every setting of Foyer, in one table: its name, form, default and meaning. The README's table is made from this one
 * (a test compares them), and nothing else in the server reads the environment.
 */
import ipaddr from 'ipaddr.js';
import { z } from 'zod';

/** The model server that is used when nobody chose another. */
export const DEFAULT_BASE_URL = 'https://api.openai.com/v1';

export interface Variable<T> {
  readonly schema: z.ZodType<T>;
  /** Null where there is none: the setting is simply absent. */
  readonly fallback: T | null;
  /** Secrets are read from the environment or `.env` only, never from or into `settings.json`. */
  readonly secret: boolean;
  /** One sentence for the README. */
  readonly meaning: string;
}

function variable<T>(
  schema: z.ZodType<T>,
  fallback: T | null,
  meaning: string,
  options: { secret?: boolean } = {},
): Variable<T> {
  return { schema, fallback, secret: options.secret ?? false, meaning };
}

const port = z.coerce.number().int().min(0).max(65_535);
const httpUrl = z.url({ protocol: /^https?$/, error: 'must be an http or https address' });
const origin = z
  .string()
  .refine(
    (text) =>
      /^https?:$/.test(parseUrl(text)?.protocol ?? '') &&
      parseUrl(text)?.href === `${text.replace(/\/$/, '')}/`,
    {
      error: 'must be origins such as https://chat.example.org, separated by commas',
    },
  )
  .transform((text) => text.replace(/\/$/, ''));

const list = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== ''),
);
const origins = list.pipe(z.array(origin));
const proxies = list.pipe(
  z.array(
    z.string().refine((text) => ipaddr.isValid(text) || ipaddr.isValidCIDR(text), {
      error: 'must be addresses or ranges such as 127.0.0.1 or 10.0.0.0/8, separated by commas',
    }),
  ),
);
const perMinute = z.coerce.number().int().min(0).max(1_000_000);
const modelNames = list.pipe(z.array(z.string().max(200)).max(100));

function parseUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

export const VARIABLES = {
  FOYER_PORT: variable(
    port,
    null,
    'Port on 127.0.0.1; 0 takes any free one. Without it: 8787 or the next free one.',
  ),
  FOYER_DATA: variable(
    z.string().min(1),
    null,
    'Folder of all data. Default: the data folder of the system.',
  ),
  FOYER_KEYCHAIN: variable(
    z.enum(['os', 'file']),
    'os',
    '`os`: the keychain of the system. `file`: a file in the data folder that only its owner can read.',
  ),
  FOYER_PUBLIC_URL: variable(
    httpUrl,
    null,
    'The address people use when a reverse proxy stands in front (also accepted as Host and Origin).',
  ),
  OPENAI_API_KEY: variable(
    z.string().min(1),
    null,
    'Key for the model server; used only for `OPENAI_BASE_URL`.',
    {
      secret: true,
    },
  ),
  OPENAI_BASE_URL: variable(
    httpUrl,
    DEFAULT_BASE_URL,
    'Address of the model server, any OpenAI-compatible one.',
  ),
  OPENAI_API_MODE: variable(
    z.enum(['auto', 'responses', 'chat']),
    'auto',
    '`auto`: the Responses API for api.openai.com, chat completions elsewhere.',
  ),
  CHATKIT_AGENT_MODEL: variable(z.string().min(1), 'gpt-4.1-mini', 'Name of the model.'),
  CHATKIT_AGENT_MODELS: variable(
    modelNames,
    [],
    'Other models that people may choose for a message, separated by commas.',
  ),
  CHATKIT_AGENT_INSTRUCTIONS: variable(z.string(), '', 'Instructions for the assistant, for everybody.'),
  ATTACHMENT_MAX_BYTES: variable(
    z.coerce.number().int().min(1).max(104_857_600),
    10_485_760,
    'The largest file that can be attached, in bytes.',
  ),
  ATTACHMENTS_PER_MESSAGE: variable(
    z.coerce.number().int().min(0).max(100),
    4,
    'How many files one message can have.',
  ),
  ADMIN_EMAIL: variable(
    z.email(),
    null,
    'With `ADMIN_PASSWORD`: creates this administrator at start if absent.',
  ),
  ADMIN_PASSWORD: variable(
    z.string().min(8).max(256),
    null,
    'Password of that administrator, 8 characters or more.',
    {
      secret: true,
    },
  ),
  AUTH_SECRET_KEY: variable(
    z.string().min(32),
    null,
    'Signs access tokens, 32 characters or more. Default: made from the install key in the keychain.',
    { secret: true },
  ),
  ACCESS_TOKEN_EXPIRE_MINUTES: variable(
    z.coerce.number().int().min(1).max(525_600),
    120,
    'Lifetime of an access token, and of an idle session in the browser.',
  ),
  ALLOWED_ORIGINS: variable(
    origins,
    [],
    'Other origins whose pages may call the interface with a bearer token.',
  ),
  TRUSTED_PROXIES: variable(
    proxies,
    [],
    'Addresses or ranges of reverse proxies whose `X-Forwarded-For` is believed, separated by commas.',
  ),
  RATE_LIMIT_REQUESTS: variable(
    perMinute,
    1_200,
    'Requests in a minute for one session, ten times as many for one network address; 0 is without limit.',
  ),
  RATE_LIMIT_MESSAGES: variable(
    perMinute,
    120,
    'Messages and actions in conversations in a minute, for one session; 0 is without limit.',
  ),
  RATE_LIMIT_UPLOADS: variable(perMinute, 120, 'Uploads in a minute, for one session; 0 is without limit.'),
  RATE_LIMIT_SIGN_INS: variable(
    perMinute,
    60,
    'Attempts to sign in in a minute, for one network address; 0 is without limit.',
  ),
} as const;

export type VariableName = keyof typeof VARIABLES;

/** The value of a setting, or null where it has no default and was not set. */
export type ValueOf<N extends VariableName> = (typeof VARIABLES)[N] extends Variable<infer T> ? T : never;

export const VARIABLE_NAMES = Object.keys(VARIABLES) as readonly VariableName[];
