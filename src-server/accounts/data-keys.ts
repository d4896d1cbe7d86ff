/** The data keys that are open in this process, and how they get there. */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { deriveKey, type InstallKey } from './install-key.ts';
import {
  openWithInstallKey,
  openWithPassword,
  openWithPin,
  type Wrap,
  type WrapStore,
  wrapWithInstallKey,
  wrapWithPassword,
  wrapWithPin,
} from './key-wraps.ts';

/** Thrown when a person's history cannot be opened without their password. */
export class DataKeyLockedError extends Error {
  override readonly name = 'DataKeyLockedError';

  constructor(userId: string) {
    super(`the data key of ${userId} is locked`);
  }
}

/**
 * Thrown at sign-in when the password is right but opens no history: what it should open is damaged or gone, and the
 * keychain does not open it either. Nothing was changed, so a keychain or a backup that comes back opens it again.
 */
export class DataKeyLostError extends Error {
  override readonly name = 'DataKeyLostError';

  constructor(userId: string) {
    super(`the data key of ${userId} opens with neither the install key nor the password`);
  }
}

/** A new data key with its wraps, ready to be written together with the person. */
export interface NewDataKey {
  readonly dataKey: Buffer;
  readonly password: Wrap;
  readonly install: Wrap | null;
}

export class DataKeys {
  readonly #open = new Map<string, Buffer>();
  readonly #wraps: WrapStore;
  /** True for people whose key only they can open: for them there is no install wrap, and none is looked at. */
  readonly #isSealed: (userId: string) => boolean;
  /** Null in a run without the real install key: then only passwords open data keys. */
  readonly #wrappingKey: Buffer | null;

  constructor(wraps: WrapStore, installKey: InstallKey, isSealed: (userId: string) => boolean) {
    this.#wraps = wraps;
    this.#isSealed = isSealed;
    this.#wrappingKey = installKey.state === 'ok' ? deriveKey(installKey.key, 'data-key-wrap') : null;
  }

  /** @throws {DataKeyLockedError} */
  get(userId: string): Buffer {
    const key = this.#find(userId);
    if (key === null) throw new DataKeyLockedError(userId);
    return key;
  }

  isOpen(userId: string): boolean {
    return this.#find(userId) !== null;
  }

  /** Makes the key of a new person; nothing is written or remembered yet: see `save` and `remember`. */
  async create(userId: string, password: string): Promise<NewDataKey> {
    const dataKey = randomBytes(32);
    return {
      dataKey,
      password: await wrapWithPassword(dataKey, userId, password),
      install: this.#wrappingKey === null ? null : wrapWithInstallKey(dataKey, userId, this.#wrappingKey),
    };
  }

  /** Writes the wraps of a new key; call within the transaction that creates the person. */
  save(userId: string, created: NewDataKey): void {
    this.#wraps.save(userId, 'password', created.password);
    if (created.install !== null) this.#wraps.save(userId, 'install', created.install);
  }

  /** Holds the key of a person who has just been written, so that their first session can open the history. */
  remember(userId: string, created: NewDataKey): void {
    this.#open.set(userId, created.dataKey);
  }

  /**
   * Finds a person's key at sign-in, by the install key or else by the password. A sealed person's has to open with
   * the password, also while it is open for another session: that a password is right does not say whose it is.
   *
   * @returns a copy that the caller hands to `hold` or wipes; null when neither opens it, or the person was deleted meanwhile
   */
  async openAtSignIn(userId: string, password: string): Promise<Buffer | null> {
    const open = this.#isSealed(userId) ? null : this.#find(userId);
    if (open !== null) return Buffer.from(open);
    const wrap = this.#wraps.find(userId, 'password');
    const dataKey = wrap === null ? null : await openWithPassword(wrap, userId, password);
    return this.#wraps.find(userId, 'password') === null ? null : dataKey;
  }

  /** Takes over a key that somebody has just opened, and repairs a missing install wrap. */
  hold(userId: string, dataKey: Buffer): void {
    const before = this.#open.get(userId);
    if (before?.equals(dataKey) === true) {
      if (before !== dataKey) dataKey.fill(0);
      return;
    }
    before?.fill(0);
    this.#open.set(userId, dataKey);
    const install = this.#isSealed(userId) ? null : this.installWrap(userId, dataKey);
    if (install !== null) this.#wraps.save(userId, 'install', install);
  }

  /** The wrap that opens a key without its owner; null in a run without the real install key. */
  installWrap(userId: string, dataKey: Buffer): Wrap | null {
    return this.#wrappingKey === null ? null : wrapWithInstallKey(dataKey, userId, this.#wrappingKey);
  }

  /** Ids of the sealed people whose keys are held. */
  sealedHeld(): string[] {
    return [...this.#open.keys()].filter(this.#isSealed);
  }

  /** Wraps an open key with a PIN. @throws {DataKeyLockedError} at once, before anything is awaited */
  wrapWithPin(userId: string, pin: { digits: string; salt: Buffer; secret: Buffer }): Promise<Wrap> {
    return wrapWithPin(this.get(userId), userId, pin);
  }

  /**
   * Opens a person's key with their PIN, whatever else may open it.
   *
   * @returns a copy that the caller hands to `hold` or wipes; null for a wrong PIN, and for a wrap of a key that is not
   *   theirs any more
   */
  async openWithPin(
    userId: string,
    wrap: Wrap,
    pin: { digits: string; secret: Buffer },
  ): Promise<Buffer | null> {
    const dataKey = await openWithPin(wrap, userId, pin);
    const present = dataKey === null ? null : this.#find(userId);
    if (dataKey === null || present === null || timingSafeEqual(present, dataKey)) return dataKey;
    dataKey.fill(0);
    return null;
  }

  forget(userId: string): void {
    this.#open.get(userId)?.fill(0);
    this.#open.delete(userId);
  }

  /** Wipes all keys; nothing opens afterwards. */
  close(): void {
    for (const userId of [...this.#open.keys()]) this.forget(userId);
    this.#wrappingKey?.fill(0);
  }

  #find(userId: string): Buffer | null {
    const open = this.#open.get(userId);
    if (open !== undefined) return open;
    if (this.#wrappingKey === null || this.#isSealed(userId)) return null;
    const wrap = this.#wraps.find(userId, 'install');
    const dataKey = wrap === null ? null : openWithInstallKey(wrap, userId, this.#wrappingKey);
    if (dataKey !== null) this.#open.set(userId, dataKey);
    return dataKey;
  }
}
