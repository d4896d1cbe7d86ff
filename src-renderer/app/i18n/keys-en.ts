/** Keys of people's own for connections, in English. */
export const keysEn = {
  title: 'Own keys',
  lead: 'For these connections you may enter a key of your own. Your messages then use it, and what they cost goes to your account with the provider. Nobody sees the key, administrators included.',
  loadFailed: 'Your own keys could not be loaded',
  none: 'At present there is no connection that you could enter a key for.',
  notAllowed:
    'Your limits do not allow own keys at present. Your keys are kept but not used: your messages use the keys of the connections. You can remove yours here.',
  keptIn: {
    keychain: 'Keys are kept in the keychain of this machine.',
    file: 'Keys are kept in a protected file, which the owner of this machine can read.',
    session: 'Keys are kept until Foyer is closed.',
  },
  keychain: {
    locked:
      'The keychain of this machine is locked, so own keys cannot be used or changed now. Nothing is lost: your messages use the keys of the connections until it is unlocked.',
    unavailable:
      'The keychain of this machine does not answer, so there can be no own keys now. Nothing is lost: your messages use the keys of the connections. Ask whoever looks after this machine.',
  },
  mainConnection: 'Main connection',
  state: {
    none: 'No own key',
    set: 'Own key set',
    unreadable: 'Own key cannot be read',
  },
  unreadable:
    'The keychain does not give your key out, so your messages use the key of the connection. Unlock the keychain, or enter the key again.',
  notUsable: 'You cannot use this connection at present. Your key is kept.',
  sentTo: (origin: string) => `Sent to ${origin} only`,
  lastUsed: (when: string) => `Last used: ${when}`,
  neverUsed: 'Not used yet',
  set: 'Set key',
  change: 'Change key',
  test: 'Test',
  testing: 'Testing…',
  remove: 'Remove',
  removing: 'Removing…',
  of: (action: string, name: string) => `${action}: ${name}`,
  saved: (name: string) => `Your key for ${name} is set. Your next message uses it.`,
  removed: (name: string) => `Your key for ${name} is removed. Your messages use the key of the connection.`,
  form: {
    label: 'Your key',
    hint: (origin: string) =>
      `It is tested with ${origin}, then kept where nobody reads it, and never shown again.`,
    missing: 'Enter a key with at most 2,000 characters.',
    save: 'Test and save',
    saveUntested: 'Save without a test',
  },
};
