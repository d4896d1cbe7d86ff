/** What a person reads when an answer fails: what happened, what was kept, what to do. */
import type { Locale, RequestContext } from '../../context.ts';
import type { ProblemKind } from './problem.ts';

interface Sentences {
  readonly happened: string;
  /** What to do; people who may change settings get another hint than people who have to ask. */
  readonly todo: string | { readonly administrator: string; readonly user: string };
}

const KEPT: Readonly<Record<Locale, { readonly message: string; readonly partial: string }>> = {
  en: { message: 'Your message is kept.', partial: 'Your message and what had arrived are kept.' },
  fr: {
    message: 'Votre message est conservé.',
    partial: 'Votre message et ce qui était arrivé sont conservés.',
  },
};

const NOTHING_CHANGED: Readonly<Record<Locale, string>> = {
  en: 'Nothing was changed.',
  fr: 'Rien n’a été modifié.',
};

const AGAIN = { en: 'Please try again.', fr: 'Veuillez réessayer.' } as const;
const LATER = {
  en: 'Wait a moment, then try again.',
  fr: 'Patientez un instant, puis réessayez.',
} as const;

/** The page "Model" is where administrators set up the connection. */
function settings(what: { en: string; fr: string }): Readonly<Record<Locale, Sentences['todo']>> {
  return {
    en: {
      administrator: `Check ${what.en} on the “Model” page, then try again.`,
      user: `Ask an administrator to check ${what.en}, then try again.`,
    },
    fr: {
      administrator: `Vérifiez ${what.fr} sur la page «\u00a0Modèle\u00a0», puis réessayez.`,
      user: `Demandez à un administrateur de vérifier ${what.fr}, puis réessayez.`,
    },
  };
}

const KEY = settings({ en: 'the key', fr: 'la clé' });
const MODEL = settings({ en: 'the name of the model and the address', fr: 'le nom du modèle et l’adresse' });
const ADDRESS = settings({ en: 'the address of the model server', fr: 'l’adresse du serveur de modèles' });
const CONNECTION = settings({ en: 'the connection and the model', fr: 'la connexion et le modèle' });
const ACCOUNT = settings({ en: 'the account with the provider', fr: 'le compte chez le fournisseur' });

const TEXTS: Readonly<
  Record<Exclude<ProblemKind, 'summaries-refused'>, Readonly<Record<Locale, Sentences>>>
> = {
  'key-refused': {
    en: { happened: 'The model server refused the key.', todo: KEY.en },
    fr: { happened: 'Le serveur de modèles a refusé la clé.', todo: KEY.fr },
  },
  'own-key-refused': {
    en: {
      happened:
        'The model server does not accept your own key for this, or the account of the key is used up.',
      todo: 'Check, change or remove your key on the page “Account”, then try again.',
    },
    fr: {
      happened:
        'Le serveur de modèles n’accepte pas votre clé personnelle pour cela, ou le compte de la clé est épuisé.',
      todo: 'Vérifiez, changez ou retirez votre clé sur la page «\u00a0Compte\u00a0», puis réessayez.',
    },
  },
  forbidden: {
    en: { happened: 'The model server does not allow this key to use this model.', todo: CONNECTION.en },
    fr: {
      happened: 'Le serveur de modèles n’autorise pas cette clé à utiliser ce modèle.',
      todo: CONNECTION.fr,
    },
  },
  'model-unknown': {
    en: {
      happened: 'The model server does not know this model, or the address is not right.',
      todo: MODEL.en,
    },
    fr: {
      happened: 'Le serveur de modèles ne connaît pas ce modèle, ou l’adresse n’est pas la bonne.',
      todo: MODEL.fr,
    },
  },
  'rate-limited': {
    en: { happened: 'The model server has too many requests at the moment.', todo: LATER.en },
    fr: { happened: 'Le serveur de modèles reçoit trop de demandes en ce moment.', todo: LATER.fr },
  },
  quota: {
    en: { happened: 'The account with the model provider is used up.', todo: ACCOUNT.en },
    fr: { happened: 'Le crédit du compte chez le fournisseur du modèle est épuisé.', todo: ACCOUNT.fr },
  },
  'context-too-long': {
    en: {
      happened: 'This conversation is longer than the model can read.',
      todo: 'Start a new chat, or send a shorter message.',
    },
    fr: {
      happened: 'Cette conversation est plus longue que ce que le modèle peut lire.',
      todo: 'Commencez une nouvelle discussion ou envoyez un message plus court.',
    },
  },
  rejected: {
    en: { happened: 'The model server did not accept the request.', todo: CONNECTION.en },
    fr: { happened: 'Le serveur de modèles n’a pas accepté la demande.', todo: CONNECTION.fr },
  },
  'provider-error': {
    en: { happened: 'The model server reported an error of its own.', todo: LATER.en },
    fr: { happened: 'Le serveur de modèles a signalé une erreur de son côté.', todo: LATER.fr },
  },
  unreachable: {
    en: {
      happened: 'The model server cannot be reached: it is not running, or there is no network.',
      todo: ADDRESS.en,
    },
    fr: {
      happened:
        'Le serveur de modèles est injoignable\u00a0: il n’est pas démarré, ou il n’y a pas de réseau.',
      todo: ADDRESS.fr,
    },
  },
  silent: {
    en: { happened: 'The model server stopped responding.', todo: AGAIN.en },
    fr: { happened: 'Le serveur de modèles ne répond plus.', todo: AGAIN.fr },
  },
  redirected: {
    en: {
      happened: 'The model server points to another address. Foyer did not follow, to protect the key.',
      todo: ADDRESS.en,
    },
    fr: {
      happened:
        'Le serveur de modèles renvoie vers une autre adresse. Foyer ne l’a pas suivie, pour protéger la clé.',
      todo: ADDRESS.fr,
    },
  },
  'not-a-model-server': {
    en: {
      happened: 'What answered is not a model server: it may be a web page or a sign-in page.',
      todo: ADDRESS.en,
    },
    fr: {
      happened:
        'Ce qui a répondu n’est pas un serveur de modèles, mais peut-être une page web ou une page de connexion.',
      todo: ADDRESS.fr,
    },
  },
  empty: {
    en: { happened: 'The model sent an empty answer.', todo: AGAIN.en },
    fr: { happened: 'Le modèle a envoyé une réponse vide.', todo: AGAIN.fr },
  },
  cut: {
    en: {
      happened: 'The connection to the model server broke before the answer was complete.',
      todo: AGAIN.en,
    },
    fr: {
      happened: 'La connexion au serveur de modèles s’est interrompue avant la fin de la réponse.',
      todo: AGAIN.fr,
    },
  },
  garbled: {
    en: { happened: 'The model server sent something that Foyer cannot understand.', todo: AGAIN.en },
    fr: { happened: 'Le serveur de modèles a envoyé des données que Foyer ne comprend pas.', todo: AGAIN.fr },
  },
  length: {
    en: {
      happened: 'The answer reached the longest length that the model allows.',
      todo: 'Ask the model to go on, or try again.',
    },
    fr: {
      happened: 'La réponse a atteint la longueur maximale permise par le modèle.',
      todo: 'Demandez au modèle de continuer, ou réessayez.',
    },
  },
  filtered: {
    en: {
      happened: 'The content filter of the model provider stopped the answer.',
      todo: 'Put the question in other words.',
    },
    fr: {
      happened: 'Le filtre de contenu du fournisseur du modèle a arrêté la réponse.',
      todo: 'Formulez la question autrement.',
    },
  },
  'answer-too-long': {
    en: { happened: 'The answer grew too long, so Foyer stopped it.', todo: 'Ask for something shorter.' },
    fr: {
      happened: 'La réponse devenait trop longue\u00a0; Foyer l’a arrêtée.',
      todo: 'Demandez quelque chose de plus court.',
    },
  },
  'too-many-steps': {
    en: {
      happened: 'The model used tools again and again without coming to an answer, so Foyer stopped it.',
      todo: 'Try again, or put the question in other words.',
    },
    fr: {
      happened: 'Le modèle a enchaîné les outils sans parvenir à une réponse\u00a0; Foyer l’a arrêté.',
      todo: 'Réessayez ou formulez la question autrement.',
    },
  },
  'model-not-offered': {
    en: {
      happened: 'The model that was chosen for this message is not available, so no model was asked.',
      todo: 'Choose another model and send the message again.',
    },
    fr: {
      happened:
        'Le modèle choisi pour ce message n’est pas disponible\u00a0; aucun modèle n’a donc été interrogé.',
      todo: 'Choisissez un autre modèle et renvoyez le message.',
    },
  },
  'tool-not-offered': {
    en: {
      happened: 'The tool that was chosen for this message is not available, so no model was asked.',
      todo: 'Choose another tool, or none, and send the message again.',
    },
    fr: {
      happened:
        'L’outil choisi pour ce message n’est pas disponible\u00a0; aucun modèle n’a donc été interrogé.',
      todo: 'Choisissez un autre outil, ou aucun, et renvoyez le message.',
    },
  },
  'budget-month': {
    en: {
      happened: 'Your budget for this month does not cover another answer, so no model was asked.',
      todo: 'It renews on the first of next month (UTC). An administrator can raise it before.',
    },
    fr: {
      happened:
        'Votre budget de ce mois ne couvre plus de réponse\u00a0; aucun modèle n’a donc été interrogé.',
      todo: 'Il sera renouvelé le premier du mois prochain (UTC). Un administrateur peut l’augmenter avant.',
    },
  },
  'budget-day': {
    en: {
      happened: 'Your tokens for today do not cover another answer, so no model was asked.',
      todo: 'They renew at midnight (UTC). An administrator can raise the limit before; shorter conversations need fewer.',
    },
    fr: {
      happened:
        'Vos jetons d’aujourd’hui ne couvrent plus de réponse\u00a0; aucun modèle n’a donc été interrogé.',
      todo: 'Ils seront renouvelés à minuit (UTC). Un administrateur peut relever la limite avant\u00a0; des conversations plus courtes en demandent moins.',
    },
  },
  'no-price': {
    en: {
      happened:
        'Nobody has said what this model costs, so your budget cannot be kept and no model was asked.',
      todo: {
        administrator: 'Enter its prices on the page “Connections”, or choose another model.',
        user: 'Choose another model, or ask an administrator to enter its prices.',
      },
    },
    fr: {
      happened:
        'Le prix de ce modèle n’est pas renseigné\u00a0: votre budget ne peut pas être respecté et aucun modèle n’a été interrogé.',
      todo: {
        administrator:
          'Saisissez ses prix sur la page «\u00a0Connexions\u00a0», ou choisissez un autre modèle.',
        user: 'Choisissez un autre modèle, ou demandez à un administrateur de saisir ses prix.',
      },
    },
  },
  'too-fast': {
    en: {
      happened: 'You have sent more messages in a minute than you may, so no model was asked.',
      todo: 'Wait a minute, then try again.',
    },
    fr: {
      happened:
        'Vous avez envoyé plus de messages en une minute que permis\u00a0; aucun modèle n’a donc été interrogé.',
      todo: 'Patientez une minute, puis réessayez.',
    },
  },
  internal: {
    en: { happened: 'Something went wrong inside Foyer.', todo: AGAIN.en },
    fr: { happened: 'Une erreur s’est produite dans Foyer.', todo: AGAIN.fr },
  },
};

/** Trying the same again cannot help with these. */
const FINAL: ReadonlySet<ProblemKind> = new Set([
  'context-too-long',
  'filtered',
  'answer-too-long',
  'budget-month',
  'no-price',
  'model-not-offered',
  'tool-not-offered',
]);

export function mayRetry(kind: ProblemKind): boolean {
  return !FINAL.has(kind);
}

/** What a person reads when a turn is refused before anything was written. */
export function describeRefusal(kind: ProblemKind, person: Pick<RequestContext, 'role' | 'locale'>): string {
  return sentences(kind, person, NOTHING_CHANGED[person.locale]);
}

/**
 * @param partial whether part of an answer had arrived
 */
export function describeProblem(
  kind: ProblemKind,
  person: Pick<RequestContext, 'role' | 'locale'>,
  partial: boolean,
): string {
  return sentences(kind, person, KEPT[person.locale][partial ? 'partial' : 'message']);
}

/** What happened, what was kept, and what to do. */
function sentences(
  kind: ProblemKind,
  { role, locale }: Pick<RequestContext, 'role' | 'locale'>,
  kept: string,
): string {
  const { happened, todo } = TEXTS[kind === 'summaries-refused' ? 'rejected' : kind][locale];
  return `${happened} ${kept} ${typeof todo === 'string' ? todo : todo[role === 'guest' ? 'user' : role]}`;
}
