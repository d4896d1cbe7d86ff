import type { desktopEn } from './desktop-en.ts';

/** What only the desktop app says: files that are being saved. In French. */
export const desktopFr: typeof desktopEn = {
  downloads: 'Fichiers en cours d’enregistrement',
  saving: (name) => `Enregistrement de ${name}`,
  savingShare: (percent) => `${percent} % du fichier sont là`,
  savingUnknown: 'En cours',
  saved: (name) => `${name} est enregistré`,
  failed: (name) => `${name} n’a pas pu être enregistré`,
  failedHint: 'Rien n’en a été conservé. Vérifiez l’espace disponible, puis recommencez.',
  stop: (name) => `Arrêter l’enregistrement de ${name}`,
  dismiss: (name) => `Masquer le message sur ${name}`,
};
