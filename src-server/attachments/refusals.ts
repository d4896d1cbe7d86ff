/** Why an upload is refused, for people, in their language. */
import { ChatKitRequestError } from '../chatkit/index.ts';
import type { Locale } from '../context.ts';

const STATUS = {
  too_large: 413,
  too_many_pixels: 422,
  empty_file: 422,
  too_many_attachments: 422,
  upload_missing: 409,
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
    empty_file: 'This file is empty. Nothing was kept of it.',
    too_many_attachments:
      'A message takes {n} files at most. Nothing was sent; leave some out and try again.',
    upload_missing:
      'A file of this message has not arrived yet. Nothing was sent; wait for it or leave it out.',
    ticket: 'This upload was not announced, took too long, or was sent twice. Add the file again.',
    wrong_size: 'The file did not arrive whole. Nothing was kept of it; add it again.',
    no_file: 'There is no file in this upload.',
  },
  fr: {
    too_large: 'Ce fichier est trop volumineux : {n} Mo au maximum. Rien n’en a été conservé.',
    too_many_pixels:
      'Cette image est trop grande pour être affichée : {n} mégapixels au maximum. Rien n’en a été conservé ; réduisez-la et réessayez.',
    empty_file: 'Ce fichier est vide. Rien n’en a été conservé.',
    too_many_attachments:
      'Un message accepte {n} fichiers au maximum. Rien n’a été envoyé ; retirez-en et réessayez.',
    upload_missing:
      'Un fichier de ce message n’est pas encore arrivé. Rien n’a été envoyé ; attendez-le ou retirez-le.',
    ticket:
      'Cet envoi n’était pas annoncé, a trop tardé ou a été fait deux fois. Ajoutez le fichier à nouveau.',
    wrong_size: 'Le fichier n’est pas arrivé en entier. Rien n’en a été conservé ; ajoutez-le à nouveau.',
    no_file: 'Cet envoi ne contient pas de fichier.',
  },
};

/** @param limit bytes for `too_large`, megapixels for `too_many_pixels`, files for `too_many_attachments` */
export function refusal(reason: Reason, locale: Locale, limit = 0): ChatKitRequestError {
  const shown = reason === 'too_large' ? Math.floor((limit / 1_048_576) * 10) / 10 : limit;
  return new ChatKitRequestError(STATUS[reason], reason, TEXTS[locale][reason].replace('{n}', String(shown)));
}
