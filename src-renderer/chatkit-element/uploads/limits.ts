/** What may be attached, as the host's `composer.attachments` says. The server checks again. */

export interface AttachmentLimits {
  enabled: boolean;
  /** Bytes, for all files or by mime pattern (`image/*`); the key `*` and the empty one stand for all others. */
  maxSize: number | Readonly<Record<string, number>>;
  /** Files in one message. */
  maxCount: number;
  /** Extensions by mime type, as `showOpenFilePicker` takes them; absent or empty means everything. */
  accept?: Readonly<Record<string, readonly string[]>> | undefined;
}

/** Used where a pattern map says nothing about a type (protocol §5.7). */
export const DEFAULT_MAX_SIZE = 100 * 1024 * 1024;

export type Violation =
  | { kind: 'too_large'; limit: number }
  | { kind: 'too_many'; limit: number }
  | { kind: 'type' }
  | { kind: 'empty' };

interface FileFacts {
  name: string;
  type: string;
  size: number;
}

/** Why a file cannot be attached beside `present` others, or null when it can. */
export function violationOf(file: FileFacts, limits: AttachmentLimits, present: number): Violation | null {
  if (present >= limits.maxCount) return { kind: 'too_many', limit: limits.maxCount };
  if (!isAccepted(file, limits.accept)) return { kind: 'type' };
  const limit = sizeLimit(file.type, limits.maxSize);
  if (file.size > limit) return { kind: 'too_large', limit };
  return file.size === 0 ? { kind: 'empty' } : null;
}

/** The value of the `accept` attribute of a file input; undefined lets everything through. */
export function acceptAttribute(accept: AttachmentLimits['accept']): string | undefined {
  const parts = Object.entries(accept ?? {}).flatMap(([mime, extensions]) => [mime, ...extensions]);
  return parts.length === 0 ? undefined : parts.join(',');
}

function sizeLimit(type: string, maxSize: AttachmentLimits['maxSize']): number {
  if (typeof maxSize === 'number') return maxSize;
  const mime = bare(type);
  const [group = ''] = mime.split('/');
  return (
    maxSize[mime] ??
    maxSize[`${group}/*`] ??
    maxSize['*/*'] ??
    maxSize['*'] ??
    maxSize[''] ??
    DEFAULT_MAX_SIZE
  );
}

function isAccepted(file: FileFacts, accept: AttachmentLimits['accept']): boolean {
  const entries = Object.entries(accept ?? {});
  if (entries.length === 0) return true;
  const name = file.name.toLowerCase();
  const type = bare(file.type);
  return entries.some(
    ([mime, extensions]) =>
      extensions.some((extension) => name.endsWith(extension.toLowerCase())) ||
      matches(type, mime.toLowerCase()),
  );
}

function matches(type: string, pattern: string): boolean {
  if (pattern === '*' || pattern === '*/*') return true;
  return pattern.endsWith('/*') ? type.startsWith(pattern.slice(0, -1)) : type === pattern;
}

/** A mime type without parameters. */
function bare(type: string): string {
  const [mime = ''] = type.toLowerCase().split(';');
  return mime.trim();
}
