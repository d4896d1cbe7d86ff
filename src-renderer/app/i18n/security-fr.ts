import type { securityEn } from './security-en.ts';

/** The own account: password, second factor, sealing and recovery, in French. */
export const securityFr: typeof securityEn = {
  account: {
    title: 'Compte',
    lead: (email) => `Comment vous vous connectez en tant que ${email}, et ce qui protège vos écrits.`,
    menu: 'Compte et sécurité',
  },
  password: {
    title: 'Mot de passe',
    lead: 'Il ouvre votre compte et vos conversations. Le changer vous déconnecte partout ailleurs.',
  },
};
