import type { GuideTexts } from './topic.ts';

export const FRENCH: GuideTexts = {
  label: '*Ceci est le guide intégré de Foyer, pas un modèle de langage.*',
  hello:
    'Bonjour\u00a0! Je peux vous dire comment installer et utiliser Foyer. Vous pouvez m’interroger sur\u00a0:',
  thanks: 'Je vous en prie. Pour en savoir plus, interrogez-moi sur\u00a0:',
  unknown:
    'Je n’ai pas trouvé cela dans le guide. Tant qu’aucun modèle n’est connecté, je ne connais que Foyer lui-même. Vous pouvez m’interroger sur\u00a0:',
  noMore: (title) => `C’est tout ce que je sais sur **${title}**. Voir aussi\u00a0:`,
  seeAlso: (titles) => `Voir aussi\u00a0: ${titles.join(', ')}.`,
  topics: {
    foyer: {
      title: 'Ce qu’est Foyer',
      answer: `Foyer est un client de chat pour plusieurs personnes sur un même ordinateur.

- **Un compte pour chacun.** Chaque personne se connecte et possède son propre historique, chiffré.
- **Le modèle de votre choix.** OpenAI, ou tout serveur qui parle sa langue, même sur cet ordinateur.
- **Vos données chez vous.** Les conversations restent sur cet ordinateur. Seul ce que vous écrivez est envoyé, et seulement au modèle que vous avez connecté.
- **Pas de surprise.** Aucun suivi, aucun compte dans le nuage.

Je suis le guide\u00a0: je réponds tant qu’aucun modèle n’est connecté.`,
    },
    'first-steps': {
      title: 'Premiers pas',
      answer: `1. **Créer l’administrateur.** Vous l’avez fait au premier démarrage, ou quelqu’un l’a fait pour vous.
2. **Connecter un modèle.** Un administrateur ouvre la page **Modèle** et saisit une clé, ou l’adresse d’un serveur de modèles.
3. **Ajouter des personnes.** Sur la page **Personnes**, avec **Ajouter une personne**.
4. **Discuter.** Écrivez un message et appuyez sur \`Entrée\`. Chaque conversation est enregistrée aussitôt\u00a0; vous la retrouvez dans l’historique.

Vous pouvez tout essayer dès maintenant\u00a0: mes réponses s’affichent au fil de l’eau, comme celles d’un modèle.`,
    },
    connect: {
      title: 'Connecter un modèle',
      answer: `Un administrateur ouvre la page **Modèle** et indique ce dont le serveur a besoin\u00a0:

| Serveur | Adresse du serveur | Clé |
| --- | --- | --- |
| OpenAI | \`https://api.openai.com/v1\` | oui |
| Ollama | \`http://localhost:11434/v1\` | non |
| LM Studio | \`http://localhost:1234/v1\` | non |
| llama.cpp | \`http://127.0.0.1:8080/v1\` | non |

Saisissez le **nom du modèle** tel que le serveur le connaît, puis enregistrez. Cela s’applique dès le prochain message. On peut aussi le faire avec \`OPENAI_API_KEY\`, \`OPENAI_BASE_URL\` et \`CHATKIT_AGENT_MODEL\` dans l’environnement.`,
    },
    openai: {
      title: 'Connecter OpenAI',
      answer: `1. Créez une clé sur le site d’OpenAI, sous *API keys*. Un abonnement ChatGPT n’en comprend pas.
2. Un administrateur ouvre la page **Modèle**, laisse l’adresse du serveur telle quelle et saisit la clé.
3. Saisissez le nom d’un modèle, par exemple \`gpt-4.1-mini\`, et enregistrez.

La clé est rangée dans le trousseau de cet ordinateur. Aucune page ne l’affiche plus, et elle n’est envoyée qu’au serveur pour lequel elle a été saisie. Foyer demande à OpenAI de ne pas conserver les réponses.`,
    },
    local: {
      title: 'Un modèle sur cet ordinateur',
      answer: `Démarrez le serveur de modèles, puis saisissez son adresse sur la page **Modèle**. Aucune clé n’est nécessaire.

| Serveur | Adresse du serveur |
| --- | --- |
| Ollama | \`http://localhost:11434/v1\` |
| LM Studio | \`http://localhost:1234/v1\` |
| llama.cpp | \`http://127.0.0.1:8080/v1\` |

Avec Ollama, par exemple\u00a0:

\`\`\`sh
ollama pull llama3.2
ollama list
\`\`\`

Reprenez le nom affiché par la liste, ici \`llama3.2\`, comme nom du modèle. Rien de ce que vous écrivez ne quitte alors cet ordinateur.`,
    },
    variables: {
      title: 'Réglages par l’environnement',
      answer: `Ce qui figure dans l’environnement, ou dans un fichier \`.env\`, l’emporte sur ce qui a été saisi dans Foyer\u00a0:

\`\`\`sh
OPENAI_API_KEY=…                            # la clé du serveur de modèles
OPENAI_BASE_URL=http://localhost:11434/v1   # son adresse
CHATKIT_AGENT_MODEL=llama3.2                # le nom du modèle
CHATKIT_AGENT_INSTRUCTIONS="Sois bref."     # pour chaque conversation
\`\`\`

Il y a aussi \`FOYER_PORT\`, \`FOYER_DATA\` et \`FOYER_KEYCHAIN\`\u00a0; le README en donne le tableau complet. Redémarrez Foyer après un changement. La page **Modèle** montre d’où vient chaque valeur.`,
    },
    people: {
      title: 'Personnes et administrateurs',
      answer: `Les administrateurs s’occupent des comptes sur la page **Personnes**. Ils peuvent\u00a0:

- **ajouter une personne**, avec un mot de passe généré ou choisi, à remettre en main propre\u00a0;
- **changer le rôle**\u00a0: membre, invité ou administrateur, après avoir lu ce que cela arrête\u00a0; le dernier administrateur le reste. D’un invité rien n’est conservé\u00a0: ce qu’il écrit part avec sa dernière déconnexion\u00a0;
- **définir un nouveau mot de passe** pour quelqu’un qui a oublié le sien\u00a0; l’historique est conservé, et la personne choisit le sien à la connexion\u00a0;
- **voir les sessions** d’une personne et y mettre fin\u00a0;
- **désactiver** un compte, qui garde tout mais n’ouvre plus, puis le **réactiver**\u00a0;
- **supprimer un compte** avec toutes ses conversations, définitivement.

Chacun a son propre historique. Les administrateurs s’occupent des comptes et du modèle\u00a0; ils ne voient pas les conversations des autres.`,
    },
    password: {
      title: 'Les mots de passe',
      answer: `- **Changer le vôtre\u00a0:** ouvrez **Réglages**, puis **Mot de passe**. Il vous faut l’actuel.
- **Oublié\u00a0:** adressez-vous à un administrateur, qui en définira un nouveau sur la page **Personnes**. Vos conversations sont conservées.
- **Vous êtes le seul administrateur et vous l’avez oublié\u00a0:** Foyer n’offre pas d’autre accès. Gardez-le donc en lieu sûr, ou nommez un second administrateur.

Un mot de passe compte au moins 12 caractères. En changer met fin à vos sessions ouvertes ailleurs.`,
    },
    privacy: {
      title: 'Qui peut voir quoi',
      answer: `- **Les autres personnes** ne voient pas vos conversations. Chaque historique est un fichier à part, chiffré avec sa propre clé.
- **Les administrateurs** n’ont pas non plus de page pour les lire. Ils peuvent toutefois définir un nouveau mot de passe à votre place et s’en servir\u00a0; vous le remarqueriez, car le vôtre ne marcherait plus.
- **Le serveur de modèles** reçoit ce que vous écrivez et la conversation autour, puisqu’il doit répondre. Avec un modèle sur cet ordinateur, rien n’en sort.
- **Personne d’autre** ne reçoit quoi que ce soit\u00a0: Foyer n’envoie pas de statistiques et demande à OpenAI de ne pas conserver les réponses.

Avec le guide, comme en ce moment, rien n’est envoyé du tout.`,
    },
    data: {
      title: 'Où sont les données',
      answer: `Tout se trouve dans un seul dossier\u00a0:

| Système | Dossier |
| --- | --- |
| Linux | \`~/.config/Foyer/data\` |
| macOS | \`~/Library/Application Support/Foyer/data\` |
| Windows | \`%APPDATA%\\Foyer\\data\` |

- \`foyer.db\` contient les comptes et les réglages, aucune conversation.
- \`people/…/history.db\` contient les conversations d’une personne, chiffrées.
- \`guests/\` n’existe que pendant que des invités sont connectés, et rien ne l’ouvre ensuite.

\`FOYER_DATA\` permet d’en choisir un autre. La page **Modèle** montre lequel est utilisé.`,
    },
    keychain: {
      title: 'Le trousseau',
      answer: `Foyer range ses secrets dans le trousseau du système\u00a0: Trousseau d’accès sous macOS, Gestionnaire d’identification sous Windows, gnome-keyring ou KWallet sous Linux. Ce sont la clé du serveur de modèles, et celle qui permet à un administrateur de définir de nouveaux mots de passe sans perdre les historiques.

Si aucun ne répond, ou s’il est verrouillé, **rien n’est perdu**\u00a0: chacun se connecte avec son mot de passe, comme toujours. Jusqu’à son retour, les clés ne durent que jusqu’à la fermeture de Foyer et les mots de passe ne peuvent pas être redéfinis. Déverrouillez-en un ou installez-en un et redémarrez Foyer, ou démarrez-le avec

\`\`\`sh
FOYER_KEYCHAIN=file
\`\`\`

pour garder les secrets dans un fichier que seul son propriétaire peut lire.`,
    },
    shortcuts: {
      title: 'Les touches du clavier',
      answer: `| Touche | Effet |
| --- | --- |
| \`Entrée\` | envoie le message |
| \`Maj\` + \`Entrée\` | commence une nouvelle ligne |
| \`Échap\` | arrête la réponse\u00a0; ce qui est arrivé est conservé |`,
    },
    history: {
      title: 'L’historique',
      answer: `Chaque conversation est enregistrée au fur et à mesure, même en cas de panne de courant. Ouvrez l’**historique** au-dessus du chat pour

- **rouvrir** une conversation et la poursuivre,
- la **renommer**,
- la **supprimer** définitivement.

Une nouvelle conversation tire son titre de votre premier message. Vous seul voyez votre historique.`,
    },
    language: {
      title: 'Langue et apparence',
      answer: `Foyer parle **français et anglais**. Il suit la langue de votre système ou de votre navigateur\u00a0; vous pouvez en choisir une autre dans **Réglages**, de même que l’apparence claire ou sombre.

Je réponds dans la langue de votre question. Un modèle fait en général de même, dans bien d’autres langues.`,
    },
    headless: {
      title: 'Foyer sans fenêtre',
      answer: `Le même serveur fonctionne aussi sans la fenêtre de bureau\u00a0:

\`\`\`sh
npm run serve -- --port 8787 --data /chemin/des/donnees
\`\`\`

Ouvrez l’adresse qu’il affiche. Au premier démarrage, il affiche aussi un lien à usage unique pour créer l’administrateur.

Il n’écoute que sur cet ordinateur. Pour y accéder depuis d’autres, placez devant lui un serveur mandataire en HTTPS et indiquez son adresse dans \`FOYER_PUBLIC_URL\`.`,
    },
    backup: {
      title: 'Sauvegarde et déménagement',
      answer: `1. Quittez Foyer.
2. Copiez tout le dossier des données\u00a0; demandez-moi **où sont les données** pour savoir lequel.
3. Pour restaurer, ou sur un autre ordinateur, remettez-le en place avant de démarrer Foyer.

Les conversations restent chiffrées dans la copie et s’ouvrent avec le mot de passe de chacun. Le trousseau n’en fait pas partie\u00a0: sur un autre ordinateur, saisissez à nouveau la clé du serveur de modèles. Les mots de passe ne peuvent pas y être *redéfinis*\u00a0; assurez-vous que chacun connaît le sien.`,
    },
    offline: {
      title: 'Ce qui marche hors ligne',
      answer: `Tout, sauf le modèle lui-même\u00a0: se connecter, lire et renommer des conversations, gérer les personnes, et ce guide. Rien dans Foyer n’est chargé depuis Internet.

Avec un modèle sur cet ordinateur (Ollama, LM Studio, llama.cpp), les réponses non plus n’ont pas besoin de réseau.`,
    },
    problems: {
      title: 'Quand quelque chose ne marche pas',
      answer: `| Ce que vous voyez | Ce qui aide |
| --- | --- |
| La clé a été refusée | La saisir à nouveau sur la page **Modèle** |
| Le serveur est injoignable | Est-il démarré\u00a0? L’adresse est-elle bonne, avec \`/v1\` à la fin\u00a0? |
| Le modèle est inconnu | Reprendre le nom exact donné par le serveur |
| Trop de demandes | Patienter un instant, puis réessayer |
| La conversation est trop longue | Commencer une nouvelle discussion |

Votre message est conservé à chaque fois\u00a0: utilisez **réessayer** sous l’erreur.`,
    },
  },
};
