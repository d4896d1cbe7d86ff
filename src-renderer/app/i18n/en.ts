import { desktopEn } from './desktop-en.ts';
import { lockingEn } from './locking-en.ts';
import { securityEn } from './security-en.ts';

/** The sentences of the pages that everybody meets, in English; `full-en.ts` adds the others. It is also the shape that French must fill. */
export const en = {
  common: {
    cancel: 'Cancel',
    close: 'Close',
    done: 'Done',
    save: 'Save',
    saving: 'Saving…',
    loading: 'Loading…',
    tryAgain: 'Try again',
    copy: 'Copy',
    copied: 'Copied',
    copyFailed: 'Copying is not allowed here. The text is selected: press Ctrl+C.',
    notAnswering: 'No connection to Foyer',
    pageBroken: 'This page could not be opened',
    skipToContent: 'Skip to content',
    pageTitle: (page: string) => `${page} · Foyer`,
  },
  brand: {
    tagline: 'Conversations that stay at home.',
    line: 'Your chats, your computer, your keys.',
  },
  fields: {
    email: 'E-mail address',
    password: 'Password',
    newPassword: 'New password',
    currentPassword: 'Current password',
    showPassword: 'Show password',
    hidePassword: 'Hide password',
    capsLock: 'Caps Lock is on.',
    passwordHint: 'At least 12 characters. A short sentence works well.',
    emailMissing: 'Enter an e-mail address.',
    emailInvalid: 'This is not an e-mail address. It looks like name@example.org.',
    passwordMissing: 'Enter a password.',
    passwordTooShort: 'The password needs at least 12 characters.',
    passwordTooLong: 'The password can have at most 256 characters.',
  },
  errors: {
    unreachable: 'Foyer does not answer. Nothing is lost. Check that Foyer is running, then try again.',
    unexpected:
      'Foyer gave an answer that makes no sense here. Your conversations are kept. Try again; if it stays, restart Foyer.',
    signedOut:
      'You were signed out, because your session ended. Your conversations are kept. Sign in again to go on.',
    codes: {
      invalid_credentials: 'The e-mail address or the password is wrong. Check both and try again.',
      too_many_attempts: 'Too many attempts to sign in. Nothing is lost: wait a little, then try again.',
      unauthorized: 'Your session ended. Your conversations are kept. Sign in again to go on.',
      forbidden: 'Only administrators can do this. Nothing was changed.',
      email_taken: 'There is already an account with this e-mail address. Choose another one.',
      validation:
        'Foyer cannot use some of these values. Nothing was changed. Check the fields and try again.',
      last_administrator:
        'This is the last administrator, so nothing was changed. Make somebody else an administrator first.',
      history_locked:
        'The keychain cannot be read, and a new password would lock this person out of their conversations. Nothing was changed. Unlock the keychain, restart Foyer and try again.',
      history_unreadable:
        'Your password is right, but the key of your conversations is damaged and the keychain does not open it. Nothing was changed. If the keychain is locked, unlock it, restart Foyer and sign in again; if not, put back a backup of the data folder.',
      setup_done: 'Foyer is already set up. Sign in with the administrator’s account.',
      setup_token:
        'This set-up link is no longer valid; nothing was created. Use the link that Foyer showed when it last started.',
      not_found: 'This no longer exists. Somebody may have removed it in the meantime.',
      too_large: 'This is too long for Foyer. Nothing was changed. Shorten it and try again.',
      password_unchanged: 'This is the password you have already. Nothing was changed. Choose another one.',
      password_change_required:
        'First choose your own password; until then nothing else works. Load the page again to do that.',
      wrong_password: 'The current password is wrong. Your password was not changed.',
      managed_by_environment:
        'One of these settings is fixed by the environment that Foyer runs in. Nothing was changed. Change it there.',
      keychain_unavailable:
        'The keychain cannot keep the key at the moment, so the key was not saved. Unlock the keychain and try again.',
    },
  },
  login: {
    title: 'Sign in',
    lead: 'Welcome back. Your conversations are waiting.',
    submit: 'Sign in',
    submitting: 'Signing in…',
    tryAgainIn: (wait: string) => `Try again in ${wait}`,
    forgotten: 'Forgotten your password? An administrator of this Foyer can set a new one.',
  },
  setup: {
    title: 'Set up Foyer',
    lead: 'Create the first account. It is the administrator: it adds people and connects a model.',
    submit: 'Create administrator',
    submitting: 'Creating…',
    local: 'The account and everything written with it stay on this computer.',
    noTokenTitle: 'Open the set-up link',
    noTokenLead:
      'So that nobody else can take over a new Foyer, the first account can only be created with a one-time link.',
    noTokenSteps: [
      'Go to the window or terminal in which Foyer was started.',
      'Find the line with the set-up link. It ends with /setup#token=…',
      'Open that link in this browser.',
    ],
    noTokenLost: 'Link lost? Restart Foyer: it shows a new one.',
  },
  nav: {
    label: 'Main',
    chat: 'Chat',
    accountOf: (email: string) => `Account: ${email}`,
    administrator: 'Administrator',
    member: 'Member',
    preferences: 'Settings',
    signOut: 'Sign out',
  },
  chat: {
    title: 'Chat',
    greeting: 'What would you like to know?',
    guideGreeting: 'Welcome to Foyer. What would you like to know?',
    placeholder: 'Write a message',
    guideDisclaimer: 'No model is connected. The offline guide answers questions about Foyer.',
    modelDisclaimer: 'Answers can be wrong. Check what matters.',
    opening: 'Opening the chat…',
    brokenTitle: 'The chat could not be opened',
    broken: 'Your conversations are kept. Load the page again; if that does not help, restart Foyer.',
    reload: 'Load again',
    guidePrompts: [
      { label: 'What can Foyer do?', prompt: 'What can Foyer do?' },
      { label: 'How do I connect a model?', prompt: 'How do I connect a model?' },
      { label: 'Who can see my conversations?', prompt: 'Who can see my conversations?' },
      { label: 'How do I add another person?', prompt: 'How do I add another person?' },
    ],
    modelPrompts: [
      {
        label: 'Draft an e-mail',
        prompt: 'Help me write a clear, friendly e-mail. First ask me who it is for and what it is about.',
      },
      {
        label: 'Explain something',
        prompt:
          'Explain a topic to me step by step, with an example. First ask me which topic and what I know already.',
      },
      {
        label: 'Summarise a text',
        prompt:
          'I would like to have a text summarised. Ask me for the text and how long the summary should be.',
      },
      {
        label: 'Plan my week',
        prompt:
          'Help me plan my week. First ask me what has to be done, what is fixed, and what matters most to me.',
      },
    ],
  },
  preferences: {
    title: 'Settings',
    appearance: 'Appearance',
    theme: { system: 'System', light: 'Light', dark: 'Dark' },
    language: 'Language',
    changePassword: 'Change password',
    changing: 'Changing…',
    changed: 'Your password was changed.',
    version: (version: string) => `Foyer ${version}`,
  },
  users: {
    administrator: 'Administrator',
    member: 'Member',
  },
  settings: {
    baseUrlInvalid: 'Enter an address that starts with http:// or https://.',
    modelTooLong: 'The name of a model can have at most 200 characters.',
    instructionsTooLong: 'The instructions can have at most 20,000 characters.',
    keyTooLong: 'A key can have at most 2,000 characters.',
  },
  governance: {
    budget: {
      month: 'Budget this month',
      day: 'Tokens today',
      left: (left: string, limit: string) => `${left} of ${limit} left`,
      renews: (when: string) => `Renews ${when}`,
      used: (when: string) => `Your budget for this month is used up. It renews ${when}.`,
      usedTokens: (when: string) => `Your tokens for today are used up. They renew ${when}.`,
      low: (left: string, when: string) =>
        `Your budget for this month is nearly used up: ${left} left. It renews ${when}. Shorter conversations use less.`,
      lowTokens: (left: string, when: string) =>
        `Your tokens for today are nearly used up: ${left} left. They renew ${when}. Shorter conversations use less.`,
    },
  },
  administration: {
    nav: {
      title: 'Administration',
      /** In the rail, where there is little room. */
      short: 'Manage',
      label: 'Administration pages',
      groups: { people: 'People', models: 'Models', installation: 'This Foyer' },
      users: 'People',
      sessions: 'Sessions',
      settings: 'Model',
      connections: 'Connections',
      policies: 'Limits',
      usage: 'Usage',
      audit: 'Audit log',
      storage: 'Storage',
      about: 'About',
    },
  },
  people: {
    guest: 'Guest',
    guestNotice: 'Nothing is kept: this conversation goes when you sign out.',
    newPassword: {
      title: 'Choose your own password',
      lead: (email: string) =>
        `An administrator gave ${email} the password you just used, so somebody else knows it. Choose one that only you know; then Foyer opens.`,
      given: 'Password you were given',
      submit: 'Save and go on',
      submitting: 'Saving…',
      signOut: 'Sign out',
    },
  },
  desktop: desktopEn,
  security: securityEn,
  locking: lockingEn,
  keychain: {
    title: 'Keychain',
    bannerAction: 'What to do',
    details: 'Technical details',
    ok: {
      os: 'The keychain of this computer works. Keys are kept there.',
      file: 'Keys are kept in a file that only Foyer’s system account can read, because FOYER_KEYCHAIN=file is set.',
      session: 'Keys are kept in memory only and are gone when Foyer closes.',
    },
    problem: {
      unavailable: 'This computer has no keychain that answers.',
      locked: 'The keychain of this computer is locked.',
      'missing-key': 'Foyer’s own key is missing from the keychain.',
    },
    consequence: {
      unavailable: 'Keys last only until Foyer closes, and forgotten passwords cannot be reset.',
      locked:
        'Nothing is lost. Until it is unlocked, keys cannot be read or stored and passwords cannot be reset.',
      'missing-key':
        'Conversations are kept and open with each person’s own password, but passwords cannot be reset.',
    },
    remedy: {
      unavailable:
        'Install or start one (on Linux: gnome-keyring or KWallet) and restart Foyer, or start Foyer with FOYER_KEYCHAIN=file.',
      locked: 'Unlock it, usually by signing in to your desktop, and restart Foyer.',
      'missing-key': 'Restore the keychain of this computer from a backup, then restart Foyer.',
    },
  },
};

export type Dictionary = typeof en;
