/** Names of files that come from people, models and servers, made fit for any disk. */

/** As long as common file systems take, in bytes, with room for what a system adds (` (2)`). */
const MAX_BYTES = 200;

/** Windows takes these for devices, whatever follows the first dot. */
const DEVICE = /^(con|prn|aux|nul|conin\$|conout\$|clock\$|(com|lpt)[0-9¹²³])$/i;

/**
 * A name without a path, without characters that deceive (controls, and marks that turn the direction of text or show
 * nothing) or that disks refuse, without leading dots, and not the name of a device. Never empty.
 */
export function safeFileName(name: string): string {
  const last = name.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const visible = last
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu, '')
    // Filling characters that look like nothing and are letters to Unicode.
    .replace(/[\u115f\u1160\u3164\uffa0]|\u034f|\u17b4|\u17b5/g, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/\s+/g, ' ')
    .replace(/^[.\s]+|[.\s]+$/g, '');
  const [base = ''] = visible.split('.');
  const harmless = DEVICE.test(base.trim()) ? `_${visible}` : visible;
  return harmless === '' ? 'download' : shorten(harmless);
}

/** Cuts the middle: what kind of file it is stays to be seen. */
function shorten(name: string): string {
  if (Buffer.byteLength(name) <= MAX_BYTES) return name;
  const dot = name.lastIndexOf('.');
  const extension = dot > 0 && Buffer.byteLength(name.slice(dot)) <= 20 ? name.slice(dot) : '';
  let base = '';
  let left = MAX_BYTES - Buffer.byteLength(extension);
  for (const character of name) {
    left -= Buffer.byteLength(character);
    if (left < 0) break;
    base += character;
  }
  return base.replace(/[.\s]+$/, '') + extension;
}
