/** What runs may cost. Times in milliseconds, sizes in bytes. */
export interface RunLimits {
  /** Frames that one run keeps for clients that come back. Default 4 MB. */
  readonly runBytes: number;
  /** Frames that all runs keep together. Default 64 MB. */
  readonly totalBytes: number;
  /** What a run may be ahead of its fastest reader before it waits for it. Default 256 kB. */
  readonly aheadBytes: number;
  /** How long a run that can be resumed waits for readers that take nothing; then it goes on without them. Default 30 s. */
  readonly stalledMs: number;
  /** How long a run goes on without any reader before it is stopped. Default 15 min. */
  readonly detachedMs: number;
  /** How long a run that is over can still be read. Default 2 min. */
  readonly keptMs: number;
  /** Runs that one owner can have kept at a time; more cannot be resumed. Default 32. */
  readonly perOwner: number;
  /** How long `close` waits for the last writes. Default 1.5 s. */
  readonly closeMs: number;
}

export const DEFAULT_RUN_LIMITS: RunLimits = {
  runBytes: 4_000_000,
  totalBytes: 64_000_000,
  aheadBytes: 256_000,
  stalledMs: 30_000,
  detachedMs: 15 * 60_000,
  keptMs: 2 * 60_000,
  perOwner: 32,
  closeMs: 1_500,
};
