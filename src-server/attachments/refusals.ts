/** Why an upload is refused, for people, in their language. */
import { ChatKitRequestError } from '../chatkit/index.ts';
import type { Locale } from '../context.ts';

const STATUS = {
  too_large: 413,
  too_many_pixels: 422,
  unreadable_image: 422,
  image_too_heavy: 422,
  image_too_slow: 422,
  pdf_too_slow: 422,
  unpacks_too_large: 422,
  images_unavailable: 503,
  empty_file: 422,
  not_allowed: 403,
  too_many_attachments: 422,
  upload_missing: 409,
  damaged_file: 500,
  disk_full: 507,
  ticket: 403,
  wrong_size: 422,
  no_file: 422,
} as const;

type Reason = keyof typeof STATUS;

const TEXTS: Readonly<Record<Locale, Readonly<Record<Reason, string>>>> = {
  en: {
    too_large: 'This file is too large: {n} MB at most. Nothing was kept of it.',
    too_many_pixels:
      'This image is too large to be shown: {n} megapixels at most. Nothing was kept of it; make it smaller and try again.',
    unreadable_image:
      'This image cannot be read: it is damaged, incomplete or of an unusual form. Nothing was kept of it; open it in another program, save it as PNG or JPEG and try again.',
    image_too_slow:
      'This image takes more than {n} seconds to read. Nothing was kept of it; make it smaller and try again.',
    image_too_heavy:
      'Reading this image takes too much memory. Nothing was kept of it; make it smaller, or save it without interlacing, and try again.',
    pdf_too_slow:
      'This PDF takes more than {n} seconds to read. Nothing was kept of it; print it to a new PDF, or only its important pages, and try again.',
    unpacks_too_large:
      'This PDF unpacks to far more than its size says. Nothing was kept of it; print it to a new PDF and try again.',
    images_unavailable: 'Foyer could not prepare this image now. Nothing was kept of it; please try again.',
    empty_file: 'This file is empty. Nothing was kept of it.',
    not_allowed:
      'You may not attach files here. Nothing was kept of this one; send the message without it, or ask an administrator.',
    too_many_attachments:
      'A message takes {n} files at most. Nothing was sent; leave some out and try again.',
    upload_missing:
      'A file of this message has not arrived yet. Nothing was sent; wait for it or leave it out.',
    damaged_file:
      'This file is damaged on the disk and cannot be opened. It was left as it is; restore it from a backup, or attach it again.',
    disk_full: 'There is no room left on the disk. Nothing was kept of this file; make room and try again.',
    ticket: 'This upload was not announced, took too long, or was sent twice. Add the file again.',
    wrong_size: 'The file did not arrive whole. Nothing was kept of it; add it again.',
    no_file: 'There is no file in this upload.',
  },
  fr: {
    too_large: 'Ce fichier est trop volumineux : {n} Mo au maximum. Rien n’en a été conservé.',
    too_many_pixels:
      'Cette image est trop grande pour être affichée : {n} mégapixels au maximum. Rien n’en a été conservé ; réduisez-la et réessayez.',
    unreadable_image:
      'Cette image est illisible : elle est endommagée, incomplète ou d’une forme inhabituelle. Rien n’en a été conservé ; ouvrez-la dans un autre logiciel, enregistrez-la en PNG ou JPEG et réessayez.',
    image_too_slow:
      'Cette image demande plus de {n} secondes de lecture. Rien n’en a été conservé ; réduisez-la et réessayez.',
    image_too_heavy:
      'La lecture de cette image demande trop de mémoire. Rien n’en a été conservé ; réduisez-la ou enregistrez-la sans entrelacement, et réessayez.',
    pdf_too_slow:
      'Ce PDF demande plus de {n} secondes de lecture. Rien n’en a été conservé ; imprimez-le dans un nouveau PDF, ou seulement ses pages importantes, et réessayez.',
    unpacks_too_large:
      'Ce PDF contient, une fois décompressé, bien plus que sa taille ne l’indique. Rien n’en a été conservé ; imprimez-le dans un nouveau PDF et réessayez.',
    images_unavailable:
      'Foyer n’a pas pu préparer cette image pour le moment. Rien n’en a été conservé ; veuillez réessayer.',
    empty_file: 'Ce fichier est vide. Rien n’en a été conservé.',
    not_allowed:
      'Vous ne pouvez pas joindre de fichiers ici. Rien n’en a été conservé ; envoyez le message sans lui, ou demandez à un administrateur.',
    too_many_attachments:
      'Un message accepte {n} fichiers au maximum. Rien n’a été envoyé ; retirez-en et réessayez.',
    upload_missing:
      'Un fichier de ce message n’est pas encore arrivé. Rien n’a été envoyé ; attendez-le ou retirez-le.',
    damaged_file:
      'Ce fichier est endommagé sur le disque et ne peut pas être ouvert. Il a été laissé tel quel ; restaurez-le depuis une sauvegarde ou joignez-le à nouveau.',
    disk_full:
      'Il n’y a plus de place sur le disque. Rien n’a été conservé de ce fichier ; libérez de la place et réessayez.',
    ticket:
      'Cet envoi n’était pas annoncé, a trop tardé ou a été fait deux fois. Ajoutez le fichier à nouveau.',
    wrong_size: 'Le fichier n’est pas arrivé en entier. Rien n’en a été conservé ; ajoutez-le à nouveau.',
    no_file: 'Cet envoi ne contient pas de fichier.',
  },
};

/**
 * @param limit bytes for `too_large`, megapixels for `too_many_pixels`, seconds for `image_too_slow` and
 *   `pdf_too_slow`, files for `too_many_attachments`
 */
export function refusal(reason: Reason, locale: Locale, limit = 0): ChatKitRequestError {
  const shown = reason === 'too_large' ? Math.floor((limit / 1_048_576) * 10) / 10 : limit;
  return new ChatKitRequestError(STATUS[reason], reason, TEXTS[locale][reason].replace('{n}', String(shown)));
}
