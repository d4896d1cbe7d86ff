import { desktopFr } from './desktop-fr.ts';
import type { Dictionary } from './en.ts';
import { lockingFr } from './locking-fr.ts';
import { securityFr } from './security-fr.ts';

/** The sentences of the pages that everybody meets, in French. */
export const fr: Dictionary = {
  common: {
    cancel: 'Annuler',
    close: 'Fermer',
    done: 'Terminé',
    save: 'Enregistrer',
    saving: 'Enregistrement…',
    loading: 'Chargement…',
    tryAgain: 'Réessayer',
    copy: 'Copier',
    copied: 'Copié',
    copyFailed: 'La copie n’est pas autorisée ici. Le texte est sélectionné : appuyez sur Ctrl+C.',
    notAnswering: 'Pas de connexion à Foyer',
    pageBroken: 'Cette page n’a pas pu s’ouvrir',
    skipToContent: 'Aller au contenu',
    pageTitle: (page) => `${page} · Foyer`,
  },
  brand: {
    tagline: 'Des conversations qui restent à la maison.',
    line: 'Vos échanges, votre ordinateur, vos clés.',
  },
  fields: {
    email: 'Adresse e-mail',
    password: 'Mot de passe',
    newPassword: 'Nouveau mot de passe',
    currentPassword: 'Mot de passe actuel',
    showPassword: 'Afficher le mot de passe',
    hidePassword: 'Masquer le mot de passe',
    capsLock: 'La touche Verr. Maj est activée.',
    passwordHint: 'Au moins 12 caractères. Une courte phrase convient très bien.',
    emailMissing: 'Saisissez une adresse e-mail.',
    emailInvalid: 'Ce n’est pas une adresse e-mail. Elle ressemble à nom@exemple.fr.',
    passwordMissing: 'Saisissez un mot de passe.',
    passwordTooShort: 'Le mot de passe doit avoir au moins 12 caractères.',
    passwordTooLong: 'Le mot de passe peut avoir au plus 256 caractères.',
  },
  errors: {
    unreachable: 'Foyer ne répond pas. Rien n’est perdu. Vérifiez que Foyer est lancé, puis réessayez.',
    unexpected:
      'Foyer a donné une réponse inattendue. Vos conversations sont conservées. Réessayez ; si cela persiste, redémarrez Foyer.',
    signedOut:
      'Votre session a pris fin et vous avez été déconnecté. Vos conversations sont conservées. Reconnectez-vous pour continuer.',
    codes: {
      invalid_credentials:
        'L’adresse e-mail ou le mot de passe est incorrect. Vérifiez les deux et réessayez.',
      too_many_attempts:
        'Trop de tentatives de connexion. Rien n’est perdu : patientez un peu, puis réessayez.',
      unauthorized:
        'Votre session a pris fin. Vos conversations sont conservées. Reconnectez-vous pour continuer.',
      forbidden: 'Seuls les administrateurs peuvent faire cela. Rien n’a été modifié.',
      email_taken: 'Il existe déjà un compte avec cette adresse e-mail. Choisissez-en une autre.',
      validation:
        'Foyer ne peut pas utiliser certaines de ces valeurs. Rien n’a été modifié. Vérifiez les champs et réessayez.',
      last_administrator:
        'C’est le dernier administrateur ; rien n’a donc été modifié. Nommez d’abord un autre administrateur.',
      history_locked:
        'Le trousseau est illisible, et un nouveau mot de passe priverait cette personne de ses conversations. Rien n’a été modifié. Déverrouillez le trousseau, redémarrez Foyer et réessayez.',
      history_unreadable:
        'Votre mot de passe est correct, mais la clé de vos conversations est endommagée et le trousseau ne l’ouvre pas. Rien n’a été modifié. Si le trousseau est verrouillé, déverrouillez-le, redémarrez Foyer et reconnectez-vous ; sinon, remettez une sauvegarde du dossier de données.',
      setup_done: 'Foyer est déjà installé. Connectez-vous avec le compte de l’administrateur.',
      setup_token:
        'Ce lien d’installation n’est plus valable ; rien n’a été créé. Utilisez le lien affiché au dernier démarrage de Foyer.',
      not_found: 'Cet élément n’existe plus. Quelqu’un l’a peut-être supprimé entre-temps.',
      too_large: 'C’est trop long pour Foyer. Rien n’a été modifié. Raccourcissez et réessayez.',
      password_unchanged:
        'C’est le mot de passe que vous avez déjà. Rien n’a été modifié. Choisissez-en un autre.',
      password_change_required:
        'Choisissez d’abord votre mot de passe ; d’ici là, rien d’autre ne fonctionne. Rechargez la page pour le faire.',
      wrong_password: 'Le mot de passe actuel est incorrect. Votre mot de passe n’a pas été modifié.',
      managed_by_environment:
        'L’un de ces réglages est fixé par l’environnement de Foyer. Rien n’a été modifié. Modifiez-le là-bas.',
      keychain_unavailable:
        'Le trousseau ne peut pas conserver la clé pour le moment ; elle n’a pas été enregistrée. Déverrouillez le trousseau et réessayez.',
    },
  },
  login: {
    title: 'Connexion',
    lead: 'Bon retour. Vos conversations vous attendent.',
    submit: 'Se connecter',
    submitting: 'Connexion…',
    tryAgainIn: (wait: string) => `Réessayer dans ${wait}`,
    forgotten: 'Mot de passe oublié ? Un administrateur de ce Foyer peut en définir un nouveau.',
  },
  setup: {
    title: 'Installer Foyer',
    lead: 'Créez le premier compte : celui de l’administrateur, qui ajoute des personnes et connecte un modèle.',
    submit: 'Créer l’administrateur',
    submitting: 'Création…',
    local: 'Le compte et tout ce qu’il contient restent sur cet ordinateur.',
    noTokenTitle: 'Ouvrez le lien d’installation',
    noTokenLead:
      'Pour que personne d’autre ne puisse s’approprier un Foyer tout neuf, le premier compte ne se crée qu’avec un lien à usage unique.',
    noTokenSteps: [
      'Allez dans la fenêtre ou le terminal où Foyer a été lancé.',
      'Cherchez la ligne du lien d’installation. Elle se termine par /setup#token=…',
      'Ouvrez ce lien dans ce navigateur.',
    ],
    noTokenLost: 'Lien perdu ? Redémarrez Foyer : il en affiche un nouveau.',
  },
  nav: {
    label: 'Principale',
    chat: 'Chat',
    accountOf: (email) => `Compte : ${email}`,
    administrator: 'Administrateur',
    member: 'Membre',
    preferences: 'Réglages',
    signOut: 'Se déconnecter',
  },
  chat: {
    title: 'Chat',
    greeting: 'Que souhaitez-vous savoir ?',
    guideGreeting: 'Bienvenue dans Foyer. Que souhaitez-vous savoir ?',
    placeholder: 'Écrivez un message',
    guideDisclaimer: 'Aucun modèle n’est connecté. Le guide hors ligne répond aux questions sur Foyer.',
    modelDisclaimer: 'Les réponses peuvent être fausses. Vérifiez ce qui compte.',
    opening: 'Ouverture du chat…',
    brokenTitle: 'Le chat n’a pas pu s’ouvrir',
    broken: 'Vos conversations sont conservées. Rechargez la page ; si cela ne suffit pas, redémarrez Foyer.',
    reload: 'Recharger',
    guidePrompts: [
      { label: 'Que sait faire Foyer ?', prompt: 'Que sait faire Foyer ?' },
      { label: 'Comment connecter un modèle ?', prompt: 'Comment connecter un modèle ?' },
      { label: 'Qui peut voir mes conversations ?', prompt: 'Qui peut voir mes conversations ?' },
      { label: 'Comment ajouter une personne ?', prompt: 'Comment ajouter une personne ?' },
    ],
    modelPrompts: [
      {
        label: 'Rédiger un e-mail',
        prompt:
          'Aide-moi à écrire un e-mail clair et aimable. Demande-moi d’abord à qui il s’adresse et de quoi il parle.',
      },
      {
        label: 'Expliquer un sujet',
        prompt:
          'Explique-moi un sujet pas à pas, avec un exemple. Demande-moi d’abord lequel et ce que je sais déjà.',
      },
      {
        label: 'Résumer un texte',
        prompt:
          'Je voudrais faire résumer un texte. Demande-moi le texte et la longueur souhaitée du résumé.',
      },
      {
        label: 'Planifier ma semaine',
        prompt:
          'Aide-moi à planifier ma semaine. Demande-moi d’abord ce qui est à faire, ce qui est fixe et ce qui compte le plus.',
      },
    ],
  },
  preferences: {
    title: 'Réglages',
    appearance: 'Apparence',
    theme: { system: 'Système', light: 'Clair', dark: 'Sombre' },
    language: 'Langue',
    changePassword: 'Changer le mot de passe',
    changing: 'Modification…',
    changed: 'Votre mot de passe a été changé.',
    version: (version) => `Foyer ${version}`,
  },
  users: {
    administrator: 'Administrateur',
    member: 'Membre',
  },
  settings: {
    baseUrlInvalid: 'Saisissez une adresse qui commence par http:// ou https://.',
    modelTooLong: 'Le nom d’un modèle peut avoir au plus 200 caractères.',
    instructionsTooLong: 'Les instructions peuvent avoir au plus 20 000 caractères.',
    keyTooLong: 'Une clé peut avoir au plus 2 000 caractères.',
  },
  governance: {
    budget: {
      month: 'Budget du mois',
      day: 'Jetons du jour',
      left: (left, limit) => `Reste ${left} sur ${limit}`,
      renews: (when) => `Renouvelé ${when}`,
      used: (when) => `Votre budget du mois est épuisé. Il sera renouvelé ${when}.`,
      usedTokens: (when) => `Vos jetons du jour sont épuisés. Ils seront renouvelés ${when}.`,
      low: (left, when) =>
        `Votre budget du mois est presque épuisé : il reste ${left}. Il sera renouvelé ${when}. Des conversations plus courtes consomment moins.`,
      lowTokens: (left, when) =>
        `Vos jetons du jour sont presque épuisés : il en reste ${left}. Ils seront renouvelés ${when}. Des conversations plus courtes consomment moins.`,
    },
  },
  administration: {
    nav: {
      title: 'Gestion de Foyer',
      short: 'Gestion',
      label: 'Pages de gestion',
      groups: { people: 'Comptes', models: 'Modèles', installation: 'Ce Foyer' },
      users: 'Personnes',
      sessions: 'Sessions ouvertes',
      settings: 'Modèle',
      connections: 'Connexions',
      policies: 'Limites',
      usage: 'Consommation',
      audit: 'Journal d’audit',
      storage: 'Stockage',
      about: 'À propos',
    },
  },
  people: {
    guest: 'Invité',
    guestNotice: 'Rien n’est conservé : cette conversation disparaît quand vous vous déconnectez.',
    newPassword: {
      title: 'Choisissez votre mot de passe',
      lead: (email) =>
        `Un administrateur a donné à ${email} le mot de passe que vous venez d’utiliser : quelqu’un d’autre le connaît. Choisissez-en un que vous seul connaissez ; Foyer s’ouvre ensuite.`,
      given: 'Mot de passe reçu',
      submit: 'Enregistrer et continuer',
      submitting: 'Enregistrement…',
      signOut: 'Se déconnecter',
    },
  },
  desktop: desktopFr,
  security: securityFr,
  locking: lockingFr,
  keychain: {
    title: 'Trousseau',
    bannerAction: 'Que faire',
    details: 'Détails techniques',
    ok: {
      os: 'Le trousseau de cet ordinateur fonctionne. Les clés y sont conservées.',
      file: 'Les clés sont conservées dans un fichier que seul le compte système de Foyer peut lire, car FOYER_KEYCHAIN=file est défini.',
      session: 'Les clés ne sont gardées qu’en mémoire et disparaissent à la fermeture de Foyer.',
    },
    problem: {
      unavailable: 'Aucun trousseau ne répond sur cet ordinateur.',
      locked: 'Le trousseau de cet ordinateur est verrouillé.',
      'missing-key': 'La clé propre de Foyer manque dans le trousseau.',
    },
    consequence: {
      unavailable:
        'Les clés ne durent que jusqu’à la fermeture de Foyer, et les mots de passe oubliés ne peuvent être redéfinis.',
      locked:
        'Rien n’est perdu. Tant qu’il est verrouillé, les clés ne peuvent être ni lues ni enregistrées et les mots de passe ne peuvent être redéfinis.',
      'missing-key':
        'Les conversations sont conservées et s’ouvrent avec le mot de passe de chacun, mais les mots de passe ne peuvent être redéfinis.',
    },
    remedy: {
      unavailable:
        'Installez ou démarrez un trousseau (sous Linux : gnome-keyring ou KWallet) et redémarrez Foyer, ou lancez Foyer avec FOYER_KEYCHAIN=file.',
      locked: 'Déverrouillez-le, en général en ouvrant votre session de bureau, et redémarrez Foyer.',
      'missing-key': 'Restaurez le trousseau de cet ordinateur depuis une sauvegarde, puis redémarrez Foyer.',
    },
  },
};
