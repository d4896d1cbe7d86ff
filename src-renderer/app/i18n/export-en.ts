/** Taking one's conversations along as files, in English. */
export const exportEn = {
  title: 'Your conversations as files',
  lead: 'One ZIP archive with all your conversations, as Markdown to be read and as JSON for programs, and all files in them. A single conversation can be saved from the history.',
  open: 'Nothing in it is encrypted: keep it where only you can read it. That you saved one is noted in the audit log, without what is in it.',
  save: 'Save all conversations',
};
