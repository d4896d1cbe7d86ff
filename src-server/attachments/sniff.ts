/** What bytes are, by the bytes themselves: names and declared types may lie. */
import { IMAGE_TYPES, type ImageType } from './images/image-types.ts';

const SIGNATURES: readonly { readonly type: string; readonly offset: number; readonly bytes: string }[] = [
  { type: 'image/png', offset: 0, bytes: '\x89PNG\r\n\x1a\n' },
  { type: 'image/jpeg', offset: 0, bytes: '\xff\xd8\xff' },
  { type: 'image/gif', offset: 0, bytes: 'GIF87a' },
  { type: 'image/gif', offset: 0, bytes: 'GIF89a' },
  { type: 'image/webp', offset: 8, bytes: 'WEBP' },
  { type: 'application/pdf', offset: 0, bytes: '%PDF-' },
  { type: 'application/zip', offset: 0, bytes: 'PK\x03\x04' },
];

/** Kinds of text that are told apart by their names, for the model; all of them are text and served as such. */
const TEXT_TYPES: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  css: 'text/css',
  html: 'text/html',
  js: 'text/javascript',
  json: 'application/json',
  md: 'text/markdown',
  svg: 'image/svg+xml',
  xml: 'application/xml',
};

/** What an uploaded file is: `image` only for formats that browsers and models take as images. */
export type Sniffed =
  | { readonly kind: 'image'; readonly mimeType: ImageType }
  | { readonly kind: 'pdf'; readonly mimeType: 'application/pdf' }
  | { readonly kind: 'text'; readonly mimeType: string }
  | { readonly kind: 'other'; readonly mimeType: string };

/** Bytes at the beginning that tell every format that is known by a signature. */
const HEAD_BYTES = 64;
/** Characters in which a text must have no control characters. */
const CHECKED_CHARACTERS = 65_536;

/** Finds out what a file is while it goes by. */
export interface Sniffer {
  /** Takes the next bytes in. */
  add(bytes: Uint8Array): void;
  /** What all bytes together are. @param name decides only between kinds of text */
  end(name: string): Sniffed;
}

/** A sniffer for one file; it keeps a few bytes of it and no more. */
export function sniffer(): Sniffer {
  let head = '';
  const text = textCheck();
  return {
    add(bytes) {
      const missing = HEAD_BYTES - head.length;
      if (missing > 0) head += Buffer.from(bytes.subarray(0, missing)).toString('latin1');
      text.add(bytes);
    },
    end(name) {
      const known = SIGNATURES.find(({ offset, bytes: signature }) => head.startsWith(signature, offset));
      if (known?.type === 'image/webp' && !head.startsWith('RIFF')) return other();
      const image = IMAGE_TYPES.find((type) => type === known?.type);
      if (image !== undefined) return { kind: 'image', mimeType: image };
      if (known?.type === 'application/pdf') return { kind: 'pdf', mimeType: 'application/pdf' };
      if (known !== undefined) return { kind: 'other', mimeType: known.type };
      if (!text.end()) return other();
      const extension = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '';
      return { kind: 'text', mimeType: TEXT_TYPES[extension] ?? 'text/plain' };
    },
  };
}

/** What bytes that are at hand are. @param name decides only between kinds of text */
export function sniff(bytes: Uint8Array, name: string): Sniffed {
  const one = sniffer();
  one.add(bytes);
  return one.end(name);
}

function other(): Sniffed {
  return { kind: 'other', mimeType: 'application/octet-stream' };
}

/** Good UTF-8 without control characters other than blanks. */
function textCheck() {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let isText = true;
  let checked = 0;
  const take = (decode: () => string) => {
    if (!isText) return;
    try {
      const characters = [...decode().slice(0, CHECKED_CHARACTERS - checked)];
      checked += characters.length;
      isText = !characters.some((character) => character < ' ' && !'\t\n\r\f'.includes(character));
    } catch {
      isText = false;
    }
  };
  return {
    add: (bytes: Uint8Array) => take(() => decoder.decode(bytes, { stream: true })),
    end: () => {
      take(() => decoder.decode());
      return isText;
    },
  };
}
