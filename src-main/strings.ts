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
  startFailedTitle: 'Foyer could not start',
  startFailedDetail: 'Your data was not changed. Close other programs that may use it and start Foyer again.',
  dataInUse: 'Another Foyer already works with this data. Use its window, or close it and start again.',
  fromFuture:
    'This data was written by a newer version of Foyer. Nothing was changed. Update Foyer, then start it again.',
  badSettings: 'A setting cannot be used. Nothing was changed. Correct it, then start Foyer again.',
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
  startFailedTitle: 'Foyer n’a pas pu démarrer',
  startFailedDetail:
    'Vos données n’ont pas été modifiées. Fermez les programmes qui les utilisent peut-être, puis relancez Foyer.',
  dataInUse:
    'Un autre Foyer travaille déjà avec ces données. Utilisez sa fenêtre, ou fermez-la et recommencez.',
  fromFuture:
    'Ces données ont été écrites par une version plus récente de Foyer. Rien n’a été modifié. Mettez Foyer à jour, puis relancez-le.',
  badSettings: 'Un réglage est inutilisable. Rien n’a été modifié. Corrigez-le, puis relancez Foyer.',
};

/** @param locale BCP 47 tag of the system */
export function shellStrings(locale: string): ShellStrings {
  return locale.toLowerCase().startsWith('fr') ? fr : en;
}

/** What a failed start means for a person; the technical reason stands below it. */
export function startFailure(error: unknown, strings: ShellStrings): string {
  const name = error instanceof Error ? error.name : '';
  const reason = error instanceof Error ? error.message : String(error);
  switch (name) {
    case 'DataInUseError':
      return strings.dataInUse;
    case 'DatabaseFromFutureError':
      return strings.fromFuture;
    case 'SettingsError':
      return `${strings.badSettings}\n\n${reason}`;
    default:
      return `${strings.startFailedDetail}\n\n${reason}`;
  }
}
