/**
 * The canary scan: two people and an administrator use a built Foyer for a day, each with texts and secrets that exist
 * once; it is killed, and goes on. Then every byte it left or gave anybody is searched for each of them. What somebody
 * wrote may be in nothing that is not sealed, a key in nothing but the keychain, whatever way it is written in.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import zlib from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FakeOpenAI, startFakeOpenAI } from '../fake-openai/server.ts';
import { addPerson, browserAt } from '../support/browser.ts';
import {
  type Canary,
  canary,
  FORMS,
  filesBelow,
  type Place,
  type Sighting,
  search,
  textPlace,
} from '../support/canaries.ts';
import { type Client, messageInput, signIn } from '../support/client.ts';
import { beginAndNeverEnd, inventPerson, type Person, spendDay, type Traces } from '../support/day.ts';
import { type Headless, startHeadless } from '../support/headless.ts';
import { listedRoutes } from '../support/listed-routes.ts';
import { changeKeys, inventOwnKeys, type KeyTarget, setOwnKey } from '../support/own-keys.ts';
import { bytesOfSecret, seal, turnOnFactor } from '../support/security.ts';

const home = fs.mkdtempSync(path.join(os.tmpdir(), 'foyer-canary-'));
const [dataDir, tmp] = ['data', 'tmp'].map((name) => path.join(home, name)) as [string, string];
/** The one file that may hold keys; with `FOYER_KEYCHAIN=file` it stands for the keychain. */
const KEYCHAIN = 'keychain.json';

const [amy, ben, administrator] = [inventPerson('amy'), inventPerson('ben'), inventPerson('root')];
const KEYS = {
  settings: canary('key of the settings'),
  first: canary('first key of a connection'),
  second: canary('second key of a connection'),
  refused: canary('key that was refused'),
  forgotten: canary('key that was forgotten'),
  astray: canary('key in a wrong field'),
};
/** Keys that the two people have of their own. */
const OWN_KEYS = [inventOwnKeys('amy'), inventOwnKeys('ben')] as const;
const keyCanaries = [...Object.values(KEYS), ...OWN_KEYS.flatMap((keys) => Object.values(keys))];

let model: FakeOpenAI;
let strict: FakeOpenAI;
/** What each run of the server printed. */
const printed: string[] = [];
/** Cookies and tokens of everybody. */
const credentials: Canary[] = [];
const scans: { when: string; places: Place[] }[] = [];
/** What people were answered, who were not the ones that wrote it. */
const answersFor = new Map<Person, Place[]>();
let own = '';

/** What somebody types to sign in, and nothing else of them. */
const login = ({ email, password }: Person) => ({ email, password });

let running: Headless | undefined;

async function start(): Promise<Headless> {
  running = await startHeadless({
    dataDir,
    env: {
      TMPDIR: tmp,
      TEMP: tmp,
      TMP: tmp,
      HOME: home,
      ADMIN_EMAIL: administrator.email,
      ADMIN_PASSWORD: administrator.password,
    },
  });
  return running;
}

async function enter(url: string, person: Person, totp?: string): Promise<Client> {
  const client = await signIn(url, { ...login(person), ...(totp !== undefined && { totp }) });
  credentials.push({ kind: `token of ${person.name}`, text: client.token });
  return client;
}

/** The administrator's part: connections and keys, right and wrong. @returns what people may have own keys for */
async function govern(url: string, client: Client): Promise<{ house: KeyTarget; strict: string }> {
  const send = async (method: string, at: string, body: unknown, status: number) => {
    const answer = await client.rest(method, at, body);
    const text = await answer.text();
    expect([at, answer.status, text]).toEqual([at, status, text]);
    return text === '' ? {} : (JSON.parse(text) as { id?: string });
  };
  const key = (secret: Canary) => `sk-${secret.text}`;
  const connection = { name: 'House', base_url: model.url, mode: 'chat' };
  await send('PUT', '/api/admin/settings', { base_url: model.url, api_key: key(KEYS.settings) }, 200);
  const { id } = await send(
    'POST',
    '/api/admin/connections',
    { ...connection, api_key: key(KEYS.first) },
    201,
  );
  const offered = { id: 'house', model: 'fake-model', label: 'House', max_output_tokens: null };
  const prices = { input_price: 1, cached_price: 1, output_price: 1 };
  await send('PUT', `/api/admin/connections/${id}/models`, { models: [{ ...offered, ...prices }] }, 200);
  await send('POST', `/api/admin/connections/${id}/test`, undefined, 200);
  await send('PUT', `/api/admin/connections/${id}/key`, { api_key: key(KEYS.second) }, 200);
  await send('POST', `/api/admin/connections/${id}/test`, undefined, 200);
  const other = { name: 'Strict', base_url: strict.url, mode: 'chat', api_key: key(KEYS.forgotten) };
  const { id: second } = await send('POST', '/api/admin/connections', other, 201);
  await send('PUT', `/api/admin/connections/${second}/key`, { api_key: key(KEYS.refused) }, 409);
  await send('POST', `/api/admin/connections/${second}/test`, undefined, 200);
  await send('PATCH', `/api/admin/connections/${second}`, { base_url: model.url }, 200);
  await send('DELETE', `/api/admin/connections/${second}`, undefined, 204);
  await send('POST', '/api/admin/connections', { [key(KEYS.astray)]: key(KEYS.astray) }, 422);
  await send(
    'POST',
    '/api/admin/connections',
    { ...connection, base_url: `http://${key(KEYS.astray)}@h/` },
    422,
  );
  await client.rest('GET', `/api/admin/connections/${key(KEYS.astray)}`);
  await client.ask(`Hello [status:401]`);
  const input = { ...messageInput('Hello [status:500]'), inference_options: { model: 'house' } };
  for await (const _event of client.stream('threads.create', { input }));

  await send('PUT', '/api/admin/policies/roles/user', { personal_keys: true }, 200);
  const choosy = { name: 'Choosy', base_url: strict.url, mode: 'chat' };
  const { id: third } = await send('POST', '/api/admin/connections', choosy, 201);
  const another = { ...offered, id: 'choosy', ...prices };
  await send('PUT', `/api/admin/connections/${third}/models`, { models: [another] }, 200);

  for (const each of [amy, ben]) await addPerson(url, login(administrator), login(each));
  if (id === undefined || third === undefined) throw new Error('a connection without an id');
  return { house: { connection: id, model: 'house' }, strict: third };
}

/** A PIN and a cookie, as in a browser. */
async function setPin(url: string, person: Person): Promise<void> {
  const browser = browserAt(url);
  const { id } = await browser.signIn(login(person), 'show');
  const { password, pin } = person;
  await browser.json('PUT', '/api/users/me/pin', { password, pin, shown_here: true });
  await browser.json('POST', '/api/lock');
  expect((await browser.send('POST', '/api/auth/pin', { person: id, pin: '918273' })).status).toBe(401);
  await browser.json('POST', '/api/auth/pin', { person: id, pin });
  for (const [name, text] of browser.cookies) credentials.push({ kind: `${name} of ${person.name}`, text });
}

/** A sealed account with a second factor. @returns what the app shows */
async function protect(client: Client, person: Person): Promise<() => string> {
  const { app, secret, codes } = await turnOnFactor(client, person.password);
  const recovery = await seal(client, person.password);
  const kind = (what: string) => `${what} of ${person.name}`;
  credentials.push({ kind: kind('secret'), text: secret, bytes: bytesOfSecret(secret) });
  for (const code of [...codes, recovery])
    for (const text of [code, code.replaceAll('-', ''), code.replaceAll('-', '').toLowerCase()])
      credentials.push({ kind: kind('code on paper'), text });
  return () => app();
}

/** Everything that `reader` can be answered when they ask for what is of others. */
async function readAll(client: Client, reader: Person, ids: readonly string[], traces: readonly Traces[]) {
  const places = answersFor.get(reader) ?? [];
  answersFor.set(reader, places);
  const note = async (where: string, answer: Response) =>
    places.push({
      where,
      read: (
        (bytes) => () =>
          bytes
      )(Buffer.from(await answer.arrayBuffer())),
    });
  for (const { method, path: at } of listedRoutes()) {
    if (method !== 'GET') continue;
    const query = /usage/.test(at) ? '?from=2020-01-01&to=2099-12-31&by=person' : '';
    const targets = /[:*]/.test(at) ? ids.map((id) => at.replace(/[:*]\w+/g, id)) : [at];
    for (const target of targets) {
      const answer = await client.rest('GET', `${target}${query}`);
      await note(`${reader.name}: GET ${target}`, answer);
      places.push(textPlace(`${reader.name}: headers of ${target}`, JSON.stringify([...answer.headers])));
    }
  }
  for (const thread_id of traces.flatMap(({ threads }) => threads)) {
    for (const type of ['threads.get_by_id', 'items.list'])
      await note(`${reader.name}: ${type}`, await client.operation(type, { thread_id }));
  }
  await note(`${reader.name}: threads.list`, await client.operation('threads.list', { limit: 100 }));
}

beforeAll(async () => {
  for (const folder of [dataDir, tmp]) fs.mkdirSync(folder, { recursive: true });
  [model, strict] = [await startFakeOpenAI(), await startFakeOpenAI({ apiKey: 'the right one' })];
  let foyer = await start();
  let root = await enter(foyer.url, administrator);
  const { house, strict: choosy } = await govern(foyer.url, root);
  let [a, b] = [await enter(foyer.url, amy), await enter(foyer.url, ben)];
  const traces = await Promise.all([
    spendDay(foyer.url, a, amy),
    spendDay(foyer.url, b, ben),
    spendDay(foyer.url, root, administrator),
  ]);
  await Promise.all(
    ([a, b] as const).map(async (client, index) => {
      const keys = OWN_KEYS[index] ?? OWN_KEYS[0];
      await changeKeys(client, house, keys);
      await setOwnKey(client, choosy, keys.refused, 409);
    }),
  );
  await setPin(foyer.url, amy);
  const totp = await protect(b, ben);
  for (const job of ['audit/verification', 'storage/measurement', 'storage/integrity'])
    expect((await root.rest('POST', `/api/admin/${job}`)).status).toBe(202);

  /** What exists of everybody: threads, files, runs, sessions, people. */
  const idsFor = async (): Promise<string[]> => {
    const people = (await (await root.rest('GET', '/api/admin/users')).json()) as { id: string }[];
    const runs = await Promise.all(
      [a, b].map(
        async (each) =>
          (await (await each.rest('GET', '/api/chatkit/runs')).json()) as { data: { id: string }[] },
      ),
    );
    return [
      ...people.map(({ id }) => id),
      ...runs.flatMap(({ data }) => data.map(({ id }) => id)),
      ...traces.slice(0, 2).flatMap(({ threads, attachments }) => [...threads, ...attachments]),
    ];
  };
  const readAsOthers = async () => {
    const ids = await idsFor();
    await readAll(root, administrator, ids, traces.slice(0, 2));
    const [ofAmy, ofBen] = [traces[0], traces[1]] as [Traces, Traces];
    await readAll(b, ben, [...ofAmy.threads, ...ofAmy.attachments], [ofAmy]);
    await readAll(a, amy, [...ofBen.threads, ...ofBen.attachments], [ofBen]);
  };

  await Promise.all([beginAndNeverEnd(foyer.url, a, amy), beginAndNeverEnd(foyer.url, b, ben)]);
  await readAsOthers();
  await foyer.kill();
  printed.push(foyer.output());
  scans.push({ when: 'after kill -9', places: filesBelow(home) });
  // Read at once: the next start changes what is there.
  for (const scan of scans)
    scan.places = scan.places.map(({ where, read }) => ({ where, read: keep(read()) }));

  foyer = await start();
  root = await enter(foyer.url, administrator);
  [a, b] = [await enter(foyer.url, amy), await enter(foyer.url, ben, totp())];
  await readAsOthers();
  const download = (id: string) => a.rest('GET', `/api/attachments/${id}`);
  const mine = await Promise.all([
    a.operation('threads.get_by_id', { thread_id: traces[0].threads[0] }),
    a.operation('threads.get_by_id', { thread_id: traces[0].threads[1] }),
    a.rest('GET', '/api/drafts'),
    ...traces[0].attachments.map(download),
  ]);
  for (const answer of mine) own += JSON.stringify([...answer.headers]) + (await answer.text());
  expect(await foyer.stop()).toBe(0);
  printed.push(foyer.output());
  scans.push({ when: 'at the end', places: filesBelow(home) });
}, 180_000);

afterAll(async () => {
  await running?.kill();
  await Promise.all([model, strict].map((each) => each?.close()));
  fs.rmSync(home, { recursive: true, force: true });
});

const keep = (bytes: Buffer) => () => bytes;
const isKeychain = ({ where }: { where: string }) => path.basename(where) === KEYCHAIN;
const said = (found: readonly Sighting[]) =>
  found.map(({ where, kind, form }) => `${kind} in ${where} (${form})`).sort();
const everybodys = () => [...amy.canaries, ...ben.canaries, ...administrator.canaries, ...credentials];

describe('the search', () => {
  const one = canary('planted');
  const squeezed = {
    gzip: zlib.gzipSync,
    deflate: zlib.deflateSync,
    zip: (bytes: Buffer) =>
      Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(26), zlib.deflateRawSync(bytes)]),
  };
  const cases = Object.entries(FORMS).flatMap(([form, write]) =>
    write(one.text).map((bytes, index) => [form, index, bytes] as const),
  );

  it.each(cases)('finds what was planted as %s (%i), also packed', (form, _index, bytes) => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'foyer-planted-'));
    const hidden = Buffer.concat([Buffer.alloc(70_001, '\u0007'), bytes, Buffer.alloc(999)]);
    fs.writeFileSync(path.join(folder, 'plain'), hidden);
    for (const [name, squeeze] of Object.entries(squeezed))
      fs.writeFileSync(path.join(folder, name), Buffer.concat([Buffer.from('x'), squeeze(hidden)]));
    fs.writeFileSync(path.join(folder, 'twice'), zlib.gzipSync(squeezed.deflate(hidden)));
    const found = search(filesBelow(folder), [one]);
    fs.rmSync(folder, { recursive: true });
    for (const where of ['plain', ...Object.keys(squeezed), 'twice'])
      expect(said(found)).toContainEqual(expect.stringMatching(new RegExp(`in ${where} \\(${form}`)));
  });

  it('finds Base64 wherever the text begins, and names of files', () => {
    for (let before = 0; before < 6; before += 1) {
      const text = Buffer.from(`${'a'.repeat(before)}${one.text} and more`).toString('base64');
      expect(said(search([textPlace('here', text)], [one]))).toEqual(['planted in here (base64)']);
    }
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'foyer-planted-'));
    fs.mkdirSync(path.join(folder, one.text));
    expect(search(filesBelow(folder), [one])).toHaveLength(1);
    fs.rmSync(folder, { recursive: true });
  });

  it('is about texts that were there: their owner gets them, and the model was asked', () => {
    const kinds = [
      'message',
      'answer',
      'draft',
      'queued draft',
      'title',
      'attachment text',
      'announced file',
    ];
    const more = ['file name', 'quoted text', 'tag', 'new text of it'];
    const seen = said(search([textPlace('own', own)], amy.canaries)).join('\n');
    // Tags stand in a thread of their own.
    for (const kind of [...kinds, ...more.filter((each) => each !== 'tag')])
      expect(seen, kind).toContain(`${kind} of amy in own (plain)`);
    const asked = JSON.stringify(model.requests);
    for (const kind of [
      'message',
      'quoted text',
      'PDF text',
      'edited message',
      'tag',
      'cut message',
    ] as const)
      expect(asked.includes(amy.texts[kind]), kind).toBe(true);
    for (const key of [KEYS.settings, KEYS.first, KEYS.second])
      expect(asked.includes(key.text), key.kind).toBe(true);
    for (const { first, second, last } of OWN_KEYS)
      for (const key of [first, second, last]) expect(asked.includes(key.text), key.kind).toBe(true);
    for (const { refused } of [KEYS, ...OWN_KEYS])
      expect(JSON.stringify(strict.requests), refused.kind).toContain(refused.text);
    // Models get the picture, and nothing else that is in its file.
    expect(search([textPlace('asked', asked)], [{ kind: 'x', text: amy.texts['image metadata'] }])).toEqual(
      [],
    );
  });
});

describe('a day, a crash and another start', () => {
  it.each(['after kill -9', 'at the end'])('leave nothing readable on the disk: %s', (when) => {
    const places = scans.find((scan) => scan.when === when)?.places ?? [];
    expect(places.filter(({ where }) => /foyer\.db$/.test(where))).toHaveLength(1);
    expect(places.length).toBeGreaterThan(12);
    expect(said(search(places, everybodys()))).toEqual([]);
    const elsewhere = places.filter((place) => !isKeychain(place));
    expect(said(search(elsewhere, keyCanaries))).toEqual([]);
  });

  it('leave in the keychain the keys that are in use, and no other', () => {
    for (const { places } of scans) {
      const found = search(places.filter(isKeychain), keyCanaries);
      expect([...new Set(found.map(({ kind }) => kind))].sort()).toEqual(
        [KEYS.second, KEYS.settings, ...OWN_KEYS.map(({ last }) => last)].map(({ kind }) => kind).sort(),
      );
    }
  });

  it('print nothing of it', () => {
    expect(printed).toHaveLength(2);
    const places = printed.map((text, index) => textPlace(`what run ${index} printed`, text));
    expect(said(search(places, [...everybodys(), ...keyCanaries]))).toEqual([]);
  });

  it.each([amy, ben, administrator])('give $name nothing of the others', (reader) => {
    const places = answersFor.get(reader) ?? [];
    expect(places.length).toBeGreaterThan(50);
    const others = [amy, ben, administrator].filter((each) => each !== reader);
    const canaries = [...others.flatMap((each) => each.canaries), ...credentials, ...keyCanaries];
    expect(said(search(places, canaries))).toEqual([]);
  });
});
