/** Told of refusals that concern the whole page, and not only what was asked for. */
export interface RefusalListeners {
  /** The server no longer knows who is calling (401 with code `unauthorized`). */
  readonly onSessionEnded: () => void;
  /** The person has to open their history first (423 with code `history_closed`). */
  readonly onHistoryClosed: () => void;
  /** The account has to be sealed before anything else (403 with code `account_not_sealed`). */
  readonly onMustSeal?: () => void;
  /** The session waits for its owner, or belongs to somebody else by now (every other 423). */
  readonly onNotOpen?: () => void;
}

/** Tells whom it concerns, if anybody. */
export function tellRefusal(listeners: RefusalListeners, status: number, code: string | undefined): void {
  if (status === 401 && code === 'unauthorized') listeners.onSessionEnded();
  else if (status === 403 && code === 'account_not_sealed') listeners.onMustSeal?.();
  else if (status === 423 && code === 'history_closed') listeners.onHistoryClosed();
  else if (status === 423) listeners.onNotOpen?.();
}
