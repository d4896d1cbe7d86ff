/** For boxes that scroll: they must be reachable by keyboard. */
export const SCROLLABLE = { tabIndex: 0 } as const;
