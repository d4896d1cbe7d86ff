/** What the shell itself says: menus and native dialogs. The pages have their own texts. */
const en = {
  file: 'File',
  quit: 'Quit Foyer',
  edit: 'Edit',
  undo: 'Undo',
  redo: 'Redo',
  cut: 'Cut',
  copy: 'Copy',
  paste: 'Paste',
  selectAll: 'Select all',
  learnWord: 'Add to dictionary',
  view: 'View',
  actualSize: 'Actual size',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  fullScreen: 'Full screen',
  window: 'Window',
  minimize: 'Minimize',
  close: 'Close',
  reload: 'Load again',
  crashedTitle: 'The window stopped working',
  crashedDetail: 'Your conversations are kept. Foyer will load the page again.',
  loadFailedTitle: 'The page could not be loaded',
  loadFailedDetail: 'Your conversations are kept. Load the page again; if that does not help, restart Foyer.',
  openExternalTitle: 'Open {} in your browser?',
  openExternalDetail: 'The link leads out of Foyer, to:\n\n{}',
  open: 'Open',
  cancel: 'Cancel',
  saveTitle: 'Save file',
  linkThreadTitle: 'Open a conversation?',
  linkThreadDetail:
    'A link asks Foyer to open this conversation of whoever is signed in here:\n\n{}\n\nIf nobody is, it waits for ten minutes. If you did not follow a link, cancel.',
  linkTextTitle: 'Begin a new chat with this text?',
  linkTextDetail:
    'A link asks Foyer to put this into the message box of whoever is signed in here. Nothing is sent. If nobody is signed in, it waits for ten minutes. If you did not follow a link, cancel.\n\n{}',
  linkAccept: 'Continue',
  linkRefusedTitle: 'This link cannot be used',
  linkRefusedDetail:
    'Links can only open a conversation or begin a new chat with a text. Nothing was changed. Ask whoever gave you the link.',
  startFailedTitle: 'Foyer could not start',
  startFailedDetail: 'Your conversations are kept. Restart the computer and start Foyer again.',
  dataInUse: 'Another Foyer already works with this data. Use its window, or close it and start again.',
  fromFuture:
    'This data was written by a newer version of Foyer. Nothing was changed. Update Foyer, then start it again.',
  badSettings: 'A setting cannot be used. Nothing was changed. Correct it, then start Foyer again.',
  portTaken:
    'Another program uses the port that was chosen for Foyer. Your conversations are kept. Close that program, or choose another FOYER_PORT, then start Foyer again.',
  noAccess:
    'Foyer may not read or write its data folder. Your conversations are kept. Give yourself access to that folder, then start Foyer again.',
  diskFull:
    'There is no space left for Foyer’s data. Your conversations are kept. Free some space, then start Foyer again.',
  damaged:
    'Foyer’s accounts cannot be read: the file is damaged, or belongs to something else. Nothing was changed. Put back a copy of the data folder, then start Foyer again.',
};

export type ShellStrings = typeof en;

const fr: ShellStrings = {
  file: 'Fichier',
  quit: 'Quitter Foyer',
  edit: 'Édition',
  undo: 'Annuler',
  redo: 'Rétablir',
  cut: 'Couper',
  copy: 'Copier',
  paste: 'Coller',
  selectAll: 'Tout sélectionner',
  learnWord: 'Ajouter au dictionnaire',
  view: 'Affichage',
  actualSize: 'Taille réelle',
  zoomIn: 'Zoom avant',
  zoomOut: 'Zoom arrière',
  fullScreen: 'Plein écran',
  window: 'Fenêtre',
  minimize: 'Réduire',
  close: 'Fermer',
  reload: 'Recharger',
  crashedTitle: 'La fenêtre a cessé de fonctionner',
  crashedDetail: 'Vos conversations sont conservées. Foyer va recharger la page.',
  loadFailedTitle: 'La page n’a pas pu être chargée',
  loadFailedDetail:
    'Vos conversations sont conservées. Rechargez la page ; si cela ne suffit pas, relancez Foyer.',
  openExternalTitle: 'Ouvrir {} dans votre navigateur ?',
  openExternalDetail: 'Le lien mène hors de Foyer, à l’adresse suivante :\n\n{}',
  open: 'Ouvrir',
  cancel: 'Annuler',
  saveTitle: 'Enregistrer le fichier',
  linkThreadTitle: 'Ouvrir une conversation ?',
  linkThreadDetail:
    'Un lien demande à Foyer d’ouvrir cette conversation de la personne connectée ici :\n\n{}\n\nSi personne ne l’est, il attend dix minutes. Si vous n’avez pas suivi de lien, annulez.',
  linkTextTitle: 'Commencer une discussion avec ce texte ?',
  linkTextDetail:
    'Un lien demande à Foyer de placer ce texte dans le champ de message de la personne connectée ici. Rien n’est envoyé. Si personne n’est connecté, il attend dix minutes. Si vous n’avez pas suivi de lien, annulez.\n\n{}',
  linkAccept: 'Continuer',
  linkRefusedTitle: 'Ce lien est inutilisable',
  linkRefusedDetail:
    'Un lien peut seulement ouvrir une conversation ou commencer une discussion avec un texte. Rien n’a été modifié. Renseignez-vous auprès de la personne qui vous l’a donné.',
  startFailedTitle: 'Foyer n’a pas pu démarrer',
  startFailedDetail: 'Vos conversations sont conservées. Redémarrez l’ordinateur, puis relancez Foyer.',
  dataInUse:
    'Un autre Foyer travaille déjà avec ces données. Utilisez sa fenêtre, ou fermez-la et recommencez.',
  fromFuture:
    'Ces données ont été écrites par une version plus récente de Foyer. Rien n’a été modifié. Mettez Foyer à jour, puis relancez-le.',
  badSettings: 'Un réglage est inutilisable. Rien n’a été modifié. Corrigez-le, puis relancez Foyer.',
  portTaken:
    'Un autre programme utilise le port choisi pour Foyer. Vos conversations sont conservées. Fermez ce programme ou choisissez un autre FOYER_PORT, puis relancez Foyer.',
  noAccess:
    'Foyer n’a pas le droit de lire ou d’écrire dans son dossier de données. Vos conversations sont conservées. Rétablissez votre accès à ce dossier, puis relancez Foyer.',
  diskFull:
    'Il n’y a plus de place pour les données de Foyer. Vos conversations sont conservées. Libérez de l’espace, puis relancez Foyer.',
  damaged:
    'Les comptes de Foyer sont illisibles : le fichier est abîmé ou appartient à autre chose. Rien n’a été modifié. Remettez en place une copie du dossier de données, puis relancez Foyer.',
};

/** @param locale BCP 47 tag of the system */
export function shellStrings(locale: string): ShellStrings {
  return locale.toLowerCase().startsWith('fr') ? fr : en;
}

/** What a failed start means for a person: what happened, what was kept, what to do, and the technical reason. */
export function startFailure(error: unknown, strings: ShellStrings): string {
  const reason = error instanceof Error ? error.message : String(error);
  return `${explainStartFailure(error, strings)}\n\n${reason}`;
}

function explainStartFailure(error: unknown, strings: ShellStrings): string {
  if (!(error instanceof Error)) return strings.startFailedDetail;
  switch (error.name) {
    case 'DataInUseError':
      return strings.dataInUse;
    case 'DatabaseFromFutureError':
      return strings.fromFuture;
    case 'DatabaseKeyError':
      return strings.damaged;
    case 'SettingsError':
      return strings.badSettings;
  }
  switch ('code' in error ? error.code : null) {
    case 'EADDRINUSE':
      return strings.portTaken;
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'SQLITE_READONLY':
    case 'SQLITE_CANTOPEN':
      return strings.noAccess;
    case 'ENOSPC':
    case 'SQLITE_FULL':
      return strings.diskFull;
    case 'SQLITE_CORRUPT':
    case 'SQLITE_NOTADB':
      return strings.damaged;
    default:
      return strings.startFailedDetail;
  }
}
