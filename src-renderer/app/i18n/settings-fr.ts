import type { settingsEn } from './settings-en.ts';

/** The model that answers, and its key, in French. */
export const settingsFr: typeof settingsEn = {
  title: 'Modèle',
  lead: 'Le modèle qui répond dans Foyer. Les changements s’appliquent dès le prochain message.',
  loadFailed: 'Les réglages n’ont pas pu être chargés',
  connection: 'Connexion',
  connected: 'Un modèle est connecté.',
  guide:
    'Aucun modèle n’est connecté : le guide hors ligne répond. Ajoutez une clé, ou l’adresse de votre propre serveur de modèles.',
  baseUrl: 'Adresse du serveur',
  baseUrlHint: 'OpenAI, ou tout serveur qui parle sa langue, par exemple http://127.0.0.1:11434/v1.',
  protocol: { responses: 'Interrogé par l’API Responses.', chat: 'Interrogé par chat completions.' },
  model: 'Modèle',
  modelHint: 'Le nom sous lequel le serveur le connaît.',
  instructions: 'Instructions',
  instructionsHint:
    'Ce qui est dit à l’assistant avant chaque conversation. Elles valent pour tout le monde.',
  source: {
    default: 'Par défaut',
    settings: 'Défini ici',
    'env-file': 'Du fichier .env',
    environment: 'De l’environnement',
  },
  fixed: (variable) => `Fixé par ${variable} hors de Foyer. Modifiez-le là-bas et redémarrez Foyer.`,
  emptyForDefault: 'Laissez vide pour la valeur par défaut.',
  key: 'Clé',
  keyLocation: {
    none: 'Aucune clé n’est enregistrée.',
    environment:
      'Une clé vient de OPENAI_API_KEY dans l’environnement. Elle l’emporte sur une clé enregistrée ici.',
    keychain: 'Une clé est enregistrée dans le trousseau de cet ordinateur.',
    file: 'Une clé est enregistrée dans un fichier que seul le compte système de Foyer peut lire.',
    session: 'Une clé est gardée en mémoire. Elle disparaît à la fermeture de Foyer.',
  },
  keyLabel: 'Clé du serveur de modèles',
  keyHint: {
    add: 'Elle pourra être remplacée ou oubliée, mais plus jamais affichée.',
    replace: 'Saisissez-en une nouvelle pour la remplacer. Celle qui est enregistrée n’est jamais affichée.',
  },
  keyForget: 'Oublier la clé',
  keyFollowsServer:
    'Une clé ne sert que pour le serveur pour lequel elle a été saisie. Changer de serveur fait oublier la clé enregistrée.',
  forgetTitle: 'Oublier la clé ?',
  forgetLead:
    'Foyer supprime la clé. Tant que vous n’en ajoutez pas une autre, le modèle peut ne pas répondre. Les conversations sont conservées.',
  forgotten: 'La clé a été oubliée.',
  saved: 'Enregistré. Cela s’applique dès le prochain message.',
  nothingChanged: 'Rien à enregistrer.',
  about: 'Ce Foyer',
  version: 'Version',
  dataDir: 'Dossier des données',
};
