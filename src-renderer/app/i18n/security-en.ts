/** The own account: password, second factor, sealing and recovery, in English. */
export const securityEn = {
  account: {
    title: 'Account',
    lead: (email: string) => `How you sign in as ${email}, and what protects what you write.`,
    menu: 'Account and security',
  },
  password: {
    title: 'Password',
    lead: 'It opens your account and your conversations. Changing it signs you out everywhere else.',
  },
};
