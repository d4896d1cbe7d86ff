/** What only the desktop app says: files that are being saved. In English. */
export const desktopEn = {
  downloads: 'Files being saved',
  saving: (name: string | number) => `Saving ${name}`,
  savingShare: (percent: string | number) => `${percent} % of the file is there`,
  savingUnknown: 'Under way',
  saved: (name: string | number) => `${name} is saved`,
  failed: (name: string | number) => `${name} could not be saved`,
  failedHint: 'Nothing of it was kept. See whether there is space left, then save it again.',
  stop: (name: string | number) => `Stop saving ${name}`,
  dismiss: (name: string | number) => `Hide the message about ${name}`,
};
