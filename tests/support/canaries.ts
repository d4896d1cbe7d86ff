/** Texts that must not turn up where they do not belong, and a search for them in everything that bytes can hide in. */
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';

/** A text that exists once; `kind` says in a failing test what was found. */
export interface Canary {
  readonly kind: string;
  /** Lower-case letters and digits, so that no index, language or shell writes it in another way. */
  readonly text: string;
  /** What the text stands for, where it is a code for bytes that could be kept as such. */
  readonly bytes?: Buffer;
}

export interface Sighting {
  readonly where: string;
  readonly kind: string;
  /** How it was written there, such as `base64` or `hex in gzip`. */
  readonly form: string;
}

/** Something to search in; the bytes are read when it is its turn. */
export interface Place {
  readonly where: string;
  read(): Buffer;
}

export function canary(kind: string): Canary {
  return { kind, text: `zqx${randomBytes(11).toString('hex')}` };
}

/** Every way in which the search knows a text to be written. */
export const FORMS: Readonly<Record<string, (text: string) => readonly Buffer[]>> = {
  plain: (text) => [Buffer.from(text)],
  'UTF-16LE': (text) => [Buffer.from(text, 'utf16le')],
  'UTF-16BE': (text) => [Buffer.from(text, 'utf16le').swap16()],
  'UTF-32': (text) => [Buffer.concat([...text].map((char) => Buffer.from(`${char}\0\0\0`, 'latin1')))],
  hex: (text) => {
    const digits = Buffer.from(text).toString('hex');
    return [Buffer.from(digits), Buffer.from(digits.toUpperCase())];
  },
  base64: (text) => [0, 1, 2].flatMap((shift) => base64Within(text, shift)),
  URL: (text) => {
    const each = (hex: (code: string) => string) =>
      [...Buffer.from(text)].map((byte) => `%${hex(byte.toString(16))}`).join('');
    return [Buffer.from(each((code) => code)), Buffer.from(each((code) => code.toUpperCase()))];
  },
  JSON: (text) => [
    Buffer.from([...text].map((char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')),
  ],
  reversed: (text) => [Buffer.from([...text].reverse().join(''))],
};

/** The characters of Base64 that depend on the text alone, when `shift` bytes stand before it in their group of three. */
function base64Within(text: string, shift: number): Buffer[] {
  const bytes = Buffer.concat([Buffer.alloc(shift), Buffer.from(text)]);
  const from = shift === 0 ? 0 : 4;
  const whole = Math.floor(bytes.length / 3) * 4;
  return (['base64', 'base64url'] as const).map((alphabet) =>
    Buffer.from(bytes.toString(alphabet).slice(from, whole)),
  );
}

/** How deep streams within streams are opened, and how much of each is read. */
const DEPTH = 3;
const MOST_BYTES = 32 * 1_048_576;

/** Where compressed streams begin, and what opens them. */
const STREAMS: readonly {
  readonly name: string;
  readonly begin: Buffer;
  open(bytes: Buffer): Buffer;
}[] = [
  { name: 'gzip', begin: Buffer.from([0x1f, 0x8b, 0x08]), open: (bytes) => zlib.gunzipSync(bytes, partly()) },
  ...[0x01, 0x5e, 0x9c, 0xda].map((level) => ({
    name: 'deflate',
    begin: Buffer.from([0x78, level]),
    open: (bytes: Buffer) => zlib.inflateSync(bytes, partly()),
  })),
  {
    name: 'zip',
    begin: Buffer.from('PK\x03\x04'),
    open: (bytes) =>
      zlib.inflateRawSync(bytes.subarray(30 + bytes.readUInt16LE(26) + bytes.readUInt16LE(28)), partly()),
  },
];

/** A stream that is cut off or followed by something else gives what it holds up to there. */
function partly(): zlib.ZlibOptions {
  return { finishFlush: zlib.constants.Z_SYNC_FLUSH, maxOutputLength: MOST_BYTES };
}

/** Looks for every canary in every place, in every form and inside of compressed streams. */
export function search(places: Iterable<Place>, canaries: readonly Canary[]): Sighting[] {
  const wanted = canaries.flatMap(({ kind, text, bytes: own }) => [
    ...Object.entries(FORMS).flatMap(([form, write]) => write(text).map((bytes) => ({ kind, form, bytes }))),
    ...(own === undefined ? [] : [{ kind, form: 'bytes', bytes: own }]),
  ]);
  const found = new Map<string, Sighting>();
  const look = (where: string, bytes: Buffer, inside: string, depth: number) => {
    for (const each of wanted) {
      if (!bytes.includes(each.bytes)) continue;
      const sighting = { where, kind: each.kind, form: `${each.form}${inside}` };
      found.set(JSON.stringify(sighting), sighting);
    }
    if (depth === DEPTH) return;
    for (const { name, begin, open } of STREAMS) {
      for (let at = bytes.indexOf(begin); at >= 0; at = bytes.indexOf(begin, at + 1)) {
        const opened = attempt(() => open(bytes.subarray(at)));
        if (opened !== null && opened.length > 0) look(where, opened, `${inside} in ${name}`, depth + 1);
      }
    }
  };
  for (const place of places) look(place.where, place.read(), '', 0);
  return [...found.values()];
}

/** Two bytes begin a stream by chance, too: what is none says nothing. */
function attempt(open: () => Buffer): Buffer | null {
  try {
    return open();
  } catch {
    return null;
  }
}

/** Every file below a folder, and the names of all files and folders as a place of their own. */
export function filesBelow(folder: string): Place[] {
  const entries = fs.readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  const names = entries.map((entry) => path.join(entry.parentPath, entry.name)).join('\n');
  return [
    { where: `names in ${folder}`, read: () => Buffer.from(names) },
    ...files.map((file) => ({ where: path.relative(folder, file), read: () => fs.readFileSync(file) })),
  ];
}

export const textPlace = (where: string, text: string): Place => ({ where, read: () => Buffer.from(text) });
