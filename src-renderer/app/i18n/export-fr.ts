import type { exportEn } from './export-en.ts';

/** Taking one's conversations along as files, in French. */
export const exportFr: typeof exportEn = {
  title: 'Vos conversations en fichiers',
  lead: 'Une archive ZIP avec toutes vos conversations, en Markdown pour être lues et en JSON pour les programmes, et tous les fichiers qu’elles contiennent. Une seule conversation peut être enregistrée depuis l’historique.',
  open: 'Rien n’y est chiffré : gardez-la là où vous seul pouvez la lire. Le fait que vous en avez enregistré une est noté dans le journal d’audit, sans son contenu.',
  save: 'Tout enregistrer',
};
