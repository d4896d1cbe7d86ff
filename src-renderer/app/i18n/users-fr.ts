import type { usersEn } from './users-en.ts';

/** Everybody with an account: the list, adding and removing, in French. */
export const usersFr: typeof usersEn = {
  title: 'Personnes',
  lead: 'Toutes les personnes qui peuvent se connecter à ce Foyer. Personne ne voit les conversations des autres, pas même les administrateurs.',
  add: 'Ajouter une personne',
  count: (count) => (count <= 1 ? `${count} personne` : `${count} personnes`),
  columns: {
    email: 'Adresse e-mail',
    role: 'Rôle',
    actions: 'Actions',
  },
  you: 'Vous',
  actionsFor: (email) => `Actions pour ${email}`,
  reset: 'Définir un nouveau mot de passe',
  remove: 'Supprimer le compte',
  lastAdministrator: 'Le dernier administrateur reste en place.',
  removed: (email) => `${email} a été supprimé.`,
  loadFailed: 'La liste des personnes n’a pas pu être chargée',
  empty: 'Vous êtes seul pour l’instant',
  emptyLead:
    'Ajoutez les personnes avec qui vous partagez cet ordinateur. Chacune a son compte et son historique.',
  create: {
    title: 'Ajouter une personne',
    role: 'Rôle',
    memberHint: 'Discute et gère son propre compte.',
    administratorHint: 'Ajoute et retire aussi des personnes et connecte le modèle.',
    submit: 'Ajouter la personne',
    submitting: 'Ajout…',
    doneTitle: 'Compte créé',
    doneLead: 'Remettez ces informations en main propre. Le mot de passe ne sera plus affiché.',
  },
  password: {
    legend: 'Mot de passe',
    generate: 'Générer',
    type: 'Saisir',
    another: 'En générer un autre',
    generated: 'Mot de passe généré',
    changeLater: 'Il sert une fois : la personne choisit le sien à la prochaine connexion.',
  },
  resetDialog: {
    title: 'Définir un nouveau mot de passe',
    lead: (email) =>
      `${email} sera déconnecté partout et aura besoin du nouveau mot de passe pour revenir, puis choisira le sien. Les conversations sont conservées.`,
    submit: 'Définir le mot de passe',
    submitting: 'Modification…',
    doneTitle: 'Nouveau mot de passe défini',
  },
  deleteDialog: {
    title: (email) => `Supprimer ${email} ?`,
    lead: 'Seront retirés de cet ordinateur, définitivement :',
    losses: [
      'le compte et ses sessions',
      'toutes les conversations de cette personne',
      'tous les fichiers que cette personne a ajoutés',
    ],
    warning: 'Personne ne pourra annuler cette suppression.',
    own: 'C’est votre propre compte : vous serez déconnecté.',
    submit: 'Supprimer définitivement',
    submitting: 'Suppression…',
  },
};
