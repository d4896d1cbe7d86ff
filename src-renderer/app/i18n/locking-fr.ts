import type { lockingEn } from './locking-en.ts';

/** Several people at one machine, in French. */
export const lockingFr: typeof lockingEn = {
  locked: 'Verrouillé',
  lockedLead:
    'Ce qui était ouvert ici est fermé et attend son propriétaire. Les réponses continuent de s’écrire.',
  unanswered:
    'Foyer ne répond pas. Tout reste verrouillé ici, et rien de ce qui a été envoyé n’est perdu. Dès que Foyer fonctionnera à nouveau, vous pourrez déverrouiller.',
  people: 'Qui est là ?',
  peopleLead: 'Choisissez-vous pour reprendre où vous en étiez.',
  peopleList: 'Personnes sur cette machine',
  waiting: 'Verrouillé, en attente',
  someoneElse: 'Quelqu’un d’autre',
  back: 'Toutes les personnes de cette machine',
  backToLocked: 'Retour à la session verrouillée',
  remove: (name) => `Retirer ${name} de cette liste`,
  removed: (name) => `${name} n’est plus affiché ici. Le compte et tout ce qu’il contient restent intacts.`,
  showHere: 'M’afficher sur cette machine',
  showHereHint:
    'Votre nom figure alors sur la page de connexion de ce navigateur ou de cette fenêtre, pour quiconque l’ouvre.',
  pin: 'Code PIN',
  pinMissing: 'Saisissez votre code PIN.',
  digits: 'Chiffres',
  deleteDigit: 'Effacer le dernier chiffre',
  open: 'Déverrouiller',
  opening: 'Déverrouillage…',
  usePin: 'Utiliser le code PIN',
  usePassword: 'Utiliser le mot de passe',
  wrongPin: (tries) =>
    tries === 1
      ? 'Le code PIN est incorrect. Après encore une erreur, seul le mot de passe ouvrira.'
      : `Le code PIN est incorrect. Encore ${tries} essais, puis seul le mot de passe ouvrira.`,
  wrongPassword: 'Le mot de passe est incorrect. Vérifiez-le et réessayez.',
  switchPerson: 'Changer de personne…',
  signOutOf: 'Se déconnecter',
  lock: 'Verrouiller',
  section: {
    title: 'Code PIN et verrouillage',
    lead: 'Un code PIN ouvre votre compte sur cette machine seulement : vous pouvez la verrouiller et revenir vite. Il ne sert nulle part ailleurs, et cinq erreurs l’annulent.',
    set: 'Choisir un code PIN',
    change: 'Changer le code PIN',
    remove: 'Supprimer le code PIN',
    on: (date) => `Choisi le ${date}`,
    off: 'Aucun code PIN',
    newPin: 'Nouveau code PIN',
    pinHint: 'De 6 à 12 chiffres. Ni date, ni suite, ni répétition.',
    saved: 'Votre code PIN est enregistré.',
    removed: 'Votre code PIN est supprimé. Votre mot de passe ouvre tout comme avant.',
    noKeychain:
      'Aucun code PIN n’est possible : cette machine n’a pas de trousseau qui réponde. Sans lui, une copie du dossier de données pourrait être ouverte en essayant tous les codes.',
    file: 'Aucun code PIN n’est possible : le trousseau est un fichier à côté des données, et votre compte est scellé. Une copie du dossier pourrait être ouverte en essayant tous les codes.',
    guest: 'Les invités n’ont pas de code PIN : rien de ce qui est à eux n’est conservé.',
    after: 'Verrouillage automatique',
    afterHint: 'Compté depuis la dernière fois que vous tapez, cliquez ou faites défiler.',
    longest: (minutes) => (minutes === 1 ? '1 minute (au plus)' : `${minutes} minutes (au plus)`),
    never: 'Jamais de lui-même',
    minutes: (count) => (count === 1 ? 'Une minute' : `Au bout de ${count} minutes`),
    afterSaved: 'C’est enregistré.',
    shortcut: (keys) => `${keys} verrouille aussitôt.`,
  },
  pinProblems: {
    'not-digits': 'Un code PIN ne contient que des chiffres.',
    'too-short': 'Le code PIN doit avoir au moins 6 chiffres.',
    'too-long': 'Le code PIN peut avoir 12 chiffres au plus.',
    repeated: 'Ce code se répète : il est parmi les premiers que l’on devine.',
    sequence: 'Ce code compte dans l’ordre : il est parmi les premiers que l’on devine.',
    date: 'Ce code peut être une date : il est parmi les premiers que l’on devine.',
    common: 'Ce code est parmi les premiers que l’on devine.',
  },
  rules: {
    title: 'Verrouillage',
    lead: 'Quand les fenêtres se verrouillent d’elles-mêmes. Chacun peut choisir une durée plus courte sous Compte.',
    longest: 'Verrouiller sans activité après',
    longestHint: 'En minutes, au plus. 0 : jamais, sauf pour qui le souhaite.',
    longestInvalid: 'Saisissez un nombre entier de 0 à 1440.',
    withSystem: 'Verrouiller quand le système est verrouillé ou en veille',
    withSystemHint: 'Dans l’application de bureau.',
    atStart: 'Verrouiller à chaque démarrage',
    atStartHint: 'Les sessions d’avant demandent le code PIN ou le mot de passe quand Foyer redémarre.',
    saved: 'C’est enregistré.',
    fixed: 'Fixé dans l’environnement de Foyer',
    loadFailed: 'Ces réglages n’ont pas pu être chargés',
  },
  codes: {
    wrong_pin: 'Le code PIN est incorrect. Vérifiez-le ou utilisez le mot de passe.',
    pin_gone:
      'C’était le dernier essai : il n’y a plus de code PIN. Rien d’autre n’a été modifié. Utilisez votre mot de passe ; vous pourrez ensuite choisir un nouveau code.',
    pin_unavailable:
      'Le trousseau ne répond pas : les codes PIN sont inutilisables pour le moment. Rien n’a été modifié. Utilisez votre mot de passe.',
    locked: 'C’est verrouillé. Rien n’a été modifié. Déverrouillez et réessayez.',
    other_person: 'Quelqu’un d’autre utilise maintenant cette fenêtre. Rien n’a été modifié.',
  },
};
