/** Security as administrators look after it, in English. */
export const houseSecurityEn = {
  admin: {
    sealed: 'Sealed',
    factor: 'Second factor',
    resetWarning: (email: string) =>
      `${email} has sealed their conversations. With a new password they stay unreadable, for you and for the person, until the recovery code is entered. Nothing is deleted. A second factor is removed.`,
    resetAccept: 'I know that the conversations need the recovery code afterwards',
    resetMissing: 'Tick the box to go on.',
    removeFactor: 'Remove second factor',
    removeFactorTitle: (email: string) => `Remove the second factor of ${email}?`,
    removeFactorLead:
      'For when the phone and the codes on paper are lost. The person is signed out everywhere, and the password alone is asked for until they set up a new one. It is written into the audit log.',
    removeFactorSubmit: 'Remove second factor',
    removingFactor: 'Removing…',
    factorRemoved: (email: string) => `The second factor of ${email} was removed.`,
  },
  policy: {
    legend: 'Sealed accounts',
    off: 'Off',
    allowed: 'Allowed',
    required: 'Required',
    summary: { off: 'no sealing', allowed: 'sealing allowed', required: 'sealing required' },
  },
};
