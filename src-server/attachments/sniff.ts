/** What bytes are, by the bytes themselves: names and declared types may lie. */

const SIGNATURES: readonly { readonly type: string; readonly offset: number; readonly bytes: string }[] = [
  { type: 'image/png', offset: 0, bytes: '\x89PNG\r\n\x1a\n' },
  { type: 'image/jpeg', offset: 0, bytes: '\xff\xd8\xff' },
  { type: 'image/gif', offset: 0, bytes: 'GIF8' },
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
  | { readonly kind: 'image'; readonly mimeType: string }
  | { readonly kind: 'pdf'; readonly mimeType: 'application/pdf' }
  | { readonly kind: 'text'; readonly mimeType: string }
  | { readonly kind: 'other'; readonly mimeType: string };

/** @param name decides only between kinds of text */
export function sniff(bytes: Uint8Array, name: string): Sniffed {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 64)).toString('latin1');
  const known = SIGNATURES.find(({ offset, bytes: signature }) => head.startsWith(signature, offset));
  if (known?.type === 'image/webp' && !head.startsWith('RIFF')) return other();
  if (known?.type.startsWith('image/')) return { kind: 'image', mimeType: known.type };
  if (known?.type === 'application/pdf') return { kind: 'pdf', mimeType: 'application/pdf' };
  if (known !== undefined) return { kind: 'other', mimeType: known.type };
  if (!isText(bytes)) return other();
  const extension = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  return { kind: 'text', mimeType: TEXT_TYPES[extension] ?? 'text/plain' };
}

function other(): Sniffed {
  return { kind: 'other', mimeType: 'application/octet-stream' };
}

/** Good UTF-8 without control characters other than blanks. */
function isText(bytes: Uint8Array): boolean {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return ![...text.slice(0, 65_536)].some(
      (character) => character < ' ' && !'\t\n\r\f'.includes(character),
    );
  } catch {
    return false;
  }
}
