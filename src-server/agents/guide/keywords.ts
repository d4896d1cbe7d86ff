/** By which words a question finds its topic. Without accents, in lower case; a word stands for all that begin with it. */
import type { TopicId } from './topic.ts';

export interface Keywords {
  /** Point to this topic and hardly to another; several words must stand side by side. */
  readonly strong: readonly string[];
  /** Make it likelier. */
  readonly weak: readonly string[];
}

const list = (words: string): string[] => words.split('|').map((word) => word.trim());

export const KEYWORDS: Readonly<Record<TopicId, Keywords>> = {
  foyer: {
    strong: list(`
      what can foyer | what is foyer | what can you | who are you | what are you |
      que peut faire foyer | que fait foyer | que sait faire | c est quoi foyer |
      qu est ce que foyer | qui es tu | qui etes vous | que peux tu | que savez vous |
      a quoi sert foyer | what does foyer`),
    weak: list('foyer | purpose | feature | fonction | presente | about | apropos'),
  },
  'first-steps': {
    strong: list(`
      first step | get started | getting started | where do i start | how do i start |
      how do i begin | premiers pas | par ou commencer | comment commencer | bien demarrer |
      comment demarrer | set up foyer | install`),
    weak: list('begin | start | commenc | debut | demarr | new here | nouveau | setup | beginner'),
  },
  connect: {
    strong: list(`
      which model | what model | quel modele | quels modeles | use a model | utiliser un modele |
      connect a model | connect the model | connect model | add a model | choose a model |
      change the model | connecter un modele | connecter le modele | brancher un modele |
      ajouter un modele | choisir un modele | changer de modele | model server | serveur de modele`),
    weak: list('connect | model | modele | relier | brancher | llm | provider | fournisseur | ai | ia'),
  },
  openai: {
    strong: list('openai | gpt | chatgpt | api key | cle api | cle d api | cle openai'),
    weak: list('key | cle | connect | api | openrouter | mistral | token'),
  },
  local: {
    strong: list(`
      ollama | lm studio | lmstudio | llama | llama.cpp | vllm | local model | local server |
      modele local | serveur local | own server | propre serveur | gguf`),
    weak: list('local | localhost | own computer | mon ordinateur | private model | connect'),
  },
  variables: {
    strong: list(`
      environment variable | variable d environnement | variables d environnement | openai_api_key |
      openai_base_url | chatkit_agent_model | chatkit_agent_instructions | env file | .env |
      fichier env`),
    weak: list('environment | environnement | variable | settings file | configur | instructions'),
  },
  people: {
    strong: list(`
      my account | mon compte | delete account | another person | add a person | add person |
      add people | add a user | new user | une autre personne | ajouter une personne |
      ajouter quelqu | ajouter un utilisateur | several people | plusieurs personnes |
      administrator | administrateur | admin | delete a user | supprimer un compte | famil`),
    weak: list(`
      person | people | user | utilisateur | account | compte | role | invite | inviter | share |
      partag | add | ajouter`),
  },
  password: {
    strong: list(`
      password | mot de passe | mots de passe | forgot | forgotten | oublie | sign in |
      se connecter | log in | login`),
    weak: list('reset | reinitialis | change | changer | locked out | account | compte'),
  },
  privacy: {
    strong: list(`
      securis | sent to | envoyees a | safe | who can see | who sees | who can read | qui peut voir |
      qui peut lire | qui voit | qui lit | privacy | private | confidential | confidentiel |
      confidentialite | vie privee | encrypt | chiffr | crypte | secure | securite | security |
      telemetr | spy | track`),
    weak: list(`
      my data | mes donnees | see | voir | read | lire | conversation | data | donnee | safe | sur |
      protect | proteg | sent | envoy`),
  },
  data: {
    strong: list(`
      data folder | where is my data | where is the data | where are my | where is everything |
      dossier des donnees | ou sont mes | ou sont les donnees | ou est stocke | ou sont stocke |
      stored | where does foyer | foyer_data | on disk | database | base de donnees`),
    weak: list(`
      data | donnee | folder | dossier | file | fichier | where | disk | disque | stock | conserv |
      sqlite`),
  },
  keychain: {
    strong: list(`
      keychain | keyring | trousseau | kwallet | gnome keyring | credential manager | foyer_keychain`),
    weak: list('secret | key | cle | locked | verrouill | stored'),
  },
  shortcuts: {
    strong: list(`
      esc | echap | arreter | interrompre | shortcut | raccourci | shift+enter | maj+entree |
      new line | nouvelle ligne | line break | saut de ligne | keyboard | clavier | stop the answer |
      arreter la reponse | stop an answer | hotkey`),
    weak: list('enter | entree | shift | esc | echap | touche | stop | arret | send | envoyer'),
  },
  history: {
    strong: list(`
      history | historique | old chat | past conversation | anciennes conversations |
      anciennes discussions | rename | renomm | delete a chat | delete a conversation |
      supprimer une conversation | supprimer une discussion | retrouver | find my chat | previous chat`),
    weak: list(`
      chat | conversation | discussion | thread | old | ancien | yesterday | hier | delete |
      supprim | find | title | titre | come back`),
  },
  language: {
    strong: list(`
      parles tu | parlez vous | do you speak | which languages | quelles langues | language |
      langue | in french | in english | en francais | en anglais | dark mode | mode sombre | theme |
      appearance | apparence`),
    weak: list(`
      french | english | francais | anglais | translate | traduire | dark | light | sombre | clair`),
  },
  headless: {
    strong: list(`
      headless | without a window | without display | without a display | sans fenetre | sans ecran |
      sans affichage | npm run serve | reverse proxy | nginx | caddy | foyer_port | as a server |
      comme serveur | en serveur | home server | docker`),
    weak: list(`
      server | serveur | port | browser | navigateur | network | reseau | remote | distance | serve |
      proxy`),
  },
  backup: {
    strong: list(`
      backup | back up | sauvegard | restore | restaur | export | another computer | new computer |
      autre ordinateur | nouvel ordinateur | move foyer | deplacer foyer | migrat`),
    weak: list('copy | copi | lose | lost | perdre | perdu | move | deplac | save'),
  },
  offline: {
    strong: list(`
      offline | hors ligne | hors connexion | without internet | without the internet |
      sans internet | sans reseau | without network | without a network | no internet | no network |
      airplane | mode avion`),
    weak: list('internet | network | reseau | connection | connexion | cloud'),
  },
  problems: {
    strong: list(`
      error | erreur | does not work | doesn t work | not working | ne marche pas |
      ne fonctionne pas | no answer | pas de reponse | problem | probleme | refused | refuse |
      timeout | panne | broken | fails | echoue | help me`),
    weak: list('help | aide | wrong | fail | slow | lent | trouble | why | pourquoi'),
  },
};

/** Which topics are worth reading next. */
export const RELATED: Readonly<Record<TopicId, readonly TopicId[]>> = {
  foyer: ['first-steps', 'connect', 'privacy'],
  'first-steps': ['connect', 'people', 'shortcuts'],
  connect: ['openai', 'local', 'variables'],
  openai: ['keychain', 'variables', 'problems'],
  local: ['offline', 'variables', 'problems'],
  variables: ['openai', 'headless', 'keychain'],
  people: ['password', 'privacy'],
  password: ['people', 'keychain'],
  privacy: ['data', 'keychain', 'people'],
  data: ['backup', 'privacy'],
  keychain: ['password', 'privacy'],
  shortcuts: ['history', 'language'],
  history: ['privacy', 'backup'],
  language: ['shortcuts', 'first-steps'],
  headless: ['variables', 'keychain'],
  backup: ['data', 'keychain'],
  offline: ['local', 'privacy'],
  problems: ['connect', 'keychain', 'headless'],
};
