import type { keysEn } from './keys-en.ts';

/** Keys of people's own for connections, in French. */
export const keysFr: typeof keysEn = {
  title: 'Clés personnelles',
  lead: 'Pour ces connexions, vous pouvez saisir une clé à vous. Vos messages l’utilisent alors, et ce qu’ils coûtent va sur votre compte chez le fournisseur. Personne ne voit la clé, pas même les administrateurs.',
  loadFailed: 'Vos clés personnelles n’ont pas pu être chargées',
  none: 'Pour le moment, il n’y a aucune connexion pour laquelle vous pourriez saisir une clé.',
  notAllowed:
    'Vos limites ne permettent pas de clés personnelles pour le moment. Vos clés sont conservées sans être utilisées : vos messages utilisent celles des connexions. Vous pouvez les retirer ici.',
  keptIn: {
    keychain: 'Les clés sont conservées dans le trousseau de cette machine.',
    file: 'Les clés sont conservées dans un fichier protégé, que le propriétaire de cette machine peut lire.',
    session: 'Les clés sont conservées jusqu’à la fermeture de Foyer.',
  },
  keychain: {
    locked:
      'Le trousseau de cette machine est verrouillé : les clés personnelles ne peuvent être ni utilisées ni changées pour le moment. Rien n’est perdu : vos messages utilisent les clés des connexions jusqu’à son déverrouillage.',
    unavailable:
      'Le trousseau de cette machine ne répond pas : il ne peut pas y avoir de clés personnelles pour le moment. Rien n’est perdu : vos messages utilisent les clés des connexions. Adressez-vous à qui s’occupe de cette machine.',
  },
  mainConnection: 'Connexion principale',
  state: {
    none: 'Pas de clé personnelle',
    set: 'Clé personnelle présente',
    unreadable: 'Clé personnelle illisible',
  },
  unreadable:
    'Le trousseau ne livre pas votre clé : vos messages utilisent celle de la connexion. Déverrouillez le trousseau ou saisissez la clé à nouveau.',
  notUsable: 'Vous ne pouvez pas utiliser cette connexion pour le moment. Votre clé est conservée.',
  sentTo: (origin) => `Envoyée à ${origin} seulement`,
  lastUsed: (when) => `Dernière utilisation : ${when}`,
  neverUsed: 'Pas encore utilisée',
  set: 'Définir une clé',
  change: 'Changer la clé',
  test: 'Tester',
  testing: 'Test en cours…',
  remove: 'Retirer',
  removing: 'Retrait…',
  of: (action, name) => `${action} : ${name}`,
  saved: (name) => `Votre clé pour ${name} est enregistrée. Votre prochain message l’utilise.`,
  removed: (name) => `Votre clé pour ${name} est retirée. Vos messages utilisent la clé de la connexion.`,
  form: {
    label: 'Votre clé',
    hint: (origin) =>
      `Elle est testée auprès de ${origin}, puis conservée à l’abri des regards, et n’est plus jamais affichée.`,
    missing: 'Saisissez une clé de 2 000 caractères au plus.',
    save: 'Tester et enregistrer',
    saveUntested: 'Enregistrer sans test',
  },
};
