/**
 * What was published about comparable applications, row by row, and how the same is tried on Foyer: in the gauntlets
 * (`tests/integration/gauntlet*.test.ts`, `tests/e2e/gauntlet.spec.ts`), in another test, or not at all because Foyer has
 * no such thing. A room that brings it brings its row, too.
 */
export interface GauntletRow {
  readonly row: number;
  /** What happened there. */
  readonly happened: string;
  readonly tried: string;
}

const page = 'tests/e2e/gauntlet.spec.ts';
const server = 'tests/integration/gauntlet.test.ts';
const people = 'tests/integration/gauntlet-people.test.ts';

const ROWS: readonly (readonly [happened: string, tried: string])[] = [
  [
    'a link starts a program',
    'src-main/deep-links/parse.test.ts, tests/electron/links.spec.ts: links only propose',
  ],
  ['a link installs a server of tools', 'no such servers in Foyer; src-main/deep-links/parse.test.ts'],
  [
    'metadata of a sign-in reaches a shell',
    `no such sign-in in Foyer; ${server}: no program is ever started`,
  ],
  ['the same by a redirect', `${server}: redirects of model servers, and no program is ever started`],
  [
    'links of any scheme are opened',
    `${page}: schemes; src-main/security/open-external.test.ts, tests/electron/security.spec.ts`,
  ],
  ['script in an answer', `${page}: markup, streamed`],
  ['script in a diagram', `${page}: diagrams; tests/element/diagrams.spec.ts`],
  ['a chart is evaluated', `${page}: charts in widgets`],
  ['script in a picture', `${page}: SVG as markup, as a picture and as an image of a widget`],
  [
    'a diagram asks the server inside',
    `${page}: no request but the page's own; ${server}: origins; tests/integration/guards.test.ts: images`,
  ],
  ['an identity made at home', `${server}: forged tokens`],
  [
    'a key follows another address',
    `tests/integration/governance.test.ts; ${server}: key of the environment`,
  ],
  [
    'requests to the inside, by a redirect',
    `${server}: spellings and redirects; src-server/outgoing/address.test.ts`,
  ],
  ['a forged header becomes an address', `${server}: forged headers`],
  ['script while an answer streams', `${page}: every prefix of every payload`],
  ['no sign-in on loopback', `${server}: Host; tests/integration/guards.test.ts`],
  [
    'somebody suspended has a second door',
    'tests/integration/authorization.test.ts, tests/integration/ending.test.ts',
  ],
  [
    'a recovery code counts twice',
    'tests/integration/second-factor.test.ts: in three spellings at once; tests/integration/sealing.test.ts',
  ],
  ['answers tell who exists', `${people}; tests/integration/rest-contract.test.ts`],
  ['script in the caption of a chart', `${page}: every string of a widget`],
  ['SQL in an identifier', `${people}: hostile ids`],
  ['files read and written by path', `${people}: hostile ids, hostile file names`],
  ['a command in a setting', `no commands in settings; ${server}: no program is ever started`],
  [
    'a stream is followed by its id',
    `${people}: runs of others; tests/integration/authorization-streams.test.ts`,
  ],
  ['variables of the environment in an address', `${server}: taken as they stand`],
  ['arguments of a program', `no programs; ${server}: no program is ever started`],
  ['an address in another spelling', `${server}: spellings; src-server/outgoing/address.test.ts`],
  ['one route forgot to ask', `${people}: preview and image, too; tests/integration/authorization.test.ts`],
  ['a request without a body ends the process', `${people}: every route; tests/fuzz/fuzz.test.ts`],
  ['metadata by id', `${people}: what is of others`],
  ['a model server runs script in the page', `${page}: unknown events, client effects`],
  ['any origin with cookies', `${server}: origins; tests/integration/guards.test.ts`],
  ['a conversation is continued by its id', `${people}: what is of others`],
  ['files are deleted through a sharing', `no sharing in Foyer; ${people}: deletions by others`],
  ['a key in another header', `${server}: credentials count in one place`],
  [
    'rights outlive their end on an open stream',
    'tests/integration/ending.test.ts, tests/integration/authorization-streams.test.ts',
  ],
  ['two first administrators', `${server}: eight at once`],
  ['a server is chosen by its place', `${people}: models by place and by name`],
  ['an owner is claimed', `${people}: claims`],
  [
    'text from outside leads to a tool',
    'no tools that read from outside; src-server/agents/approvals/tool-approvals.test.ts',
  ],
  ['a foreign name leads to loopback', `${server}: Host; tests/integration/guards.test.ts`],
  ['a setting is a program', `no programs; ${server}: no program is ever started`],
  ['a child gets the environment', `no children; ${server}: no program is ever started`],
  ['conversations in the clear', 'tests/integration/canary.test.ts'],
  [
    'sign-out leaves tokens alive',
    'tests/integration/accounts-sessions.test.ts, tests/integration/ending.test.ts',
  ],
];

export const GAUNTLET_ROWS: readonly GauntletRow[] = ROWS.map(([happened, tried], index) => ({
  row: index + 1,
  happened,
  tried,
}));
