import type { houseSecurityEn } from './house-security-en.ts';

/** Security as administrators look after it, in French. */
export const houseSecurityFr: typeof houseSecurityEn = {
  admin: {
    sealed: 'Scellé',
    factor: 'Second facteur',
    resetWarning: (email) =>
      `${email} a scellé ses conversations. Avec un nouveau mot de passe, elles restent illisibles, pour vous comme pour la personne, tant que le code de secours n’est pas saisi. Rien n’est supprimé. Un second facteur est retiré.`,
    resetAccept: 'Je sais que les conversations demanderont ensuite le code de secours',
    resetMissing: 'Cochez la case pour continuer.',
    removeFactor: 'Retirer le second facteur',
    removeFactorTitle: (email) => `Retirer le second facteur de ${email} ?`,
    removeFactorLead:
      'Si le téléphone et les codes sur papier sont perdus. La personne est déconnectée partout, et seul le mot de passe est demandé jusqu’à ce qu’elle en configure un nouveau. Cela est inscrit au journal d’audit.',
    removeFactorSubmit: 'Retirer le second facteur',
    removingFactor: 'Retrait…',
    factorRemoved: (email) => `Le second facteur de ${email} a été retiré.`,
  },
  policy: {
    legend: 'Comptes scellés',
    off: 'Interdits',
    allowed: 'Autorisés',
    required: 'Obligatoires',
    summary: { off: 'sans scellement', allowed: 'scellement autorisé', required: 'scellement obligatoire' },
  },
};
