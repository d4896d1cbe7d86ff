import type { Locale } from '../../context.ts';

const en = {
  untitled: 'Untitled conversation',
  taken: (date: string) => `Exported from Foyer on ${date}.`,
  user: 'You',
  assistant: 'Answer',
  attachments: 'Attachments',
  sources: 'Sources',
  steps: 'On the way to the answer',
  questions: 'Questions',
  skipped: 'skipped',
  unanswered: 'not answered',
  image: 'Image',
  notText: 'Something that cannot be written as text was shown here.',
  about: [
    'This is a copy of your conversations in Foyer, and of the files in them.',
    '',
    'conversations/ has each of them twice: as Markdown (.md) to be read, and as JSON (.json) with everything that is kept of it.',
    'files/ has what was attached to messages, and the images that were made.',
    '',
    'Nothing in here is encrypted: whoever has this file can read it.',
  ],
  missing: 'These files could not be read and are not here, or not whole:',
};

type Words = typeof en;

const fr: Words = {
  untitled: 'Conversation sans titre',
  taken: (date) => `Exporté depuis Foyer le ${date}.`,
  user: 'Vous',
  assistant: 'Réponse',
  attachments: 'Pièces jointes',
  sources: 'Sources',
  steps: 'En chemin vers la réponse',
  questions: 'Questions',
  skipped: 'ignorée',
  unanswered: 'sans réponse',
  image: 'Image',
  notText: 'Un élément qui ne peut pas être écrit sous forme de texte était affiché ici.',
  about: [
    'Ceci est une copie de vos conversations dans Foyer, et des fichiers qu’elles contiennent.',
    '',
    'conversations/ contient chacune d’elles deux fois : en Markdown (.md) pour être lue, et en JSON (.json) avec tout ce qui en est gardé.',
    'files/ contient ce qui a été joint aux messages, et les images qui ont été créées.',
    '',
    'Rien n’est chiffré ici : toute personne qui a ce fichier peut le lire.',
  ],
  missing: 'Ces fichiers n’ont pas pu être lus et manquent ici, ou ne sont pas entiers :',
};

const WORDS: Readonly<Record<Locale, Words>> = { en, fr };

/** What Foyer itself says in an exported conversation. */
export const wordsIn = (locale: Locale): Words => WORDS[locale];
