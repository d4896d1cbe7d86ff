/** From a link to what a page may take: the person sees exactly what it proposes, and agrees or does not. */
import type { Proposal } from '../../src-shared/desktop.ts';
import { parseLink } from './parse.ts';

/** So long a link that was agreed to waits for somebody who signs in, or unlocks, in milliseconds. */
export const WAIT_MS = 600_000;

export interface ProposalOptions {
  /** Shows what is proposed; true when the person agrees. */
  readonly confirm: (proposal: Proposal) => Promise<boolean>;
  /** Says that a link is none of Foyer's. */
  readonly refuse: () => Promise<void>;
  /** Tells the page that something waits. */
  readonly tell: () => void;
  /** Milliseconds of a clock that nobody can set. */
  readonly now?: () => number;
}

export interface Proposals {
  /** A link that the system handed over. Before {@link begin} the newest one waits. */
  receive(link: string): void;
  /** There is a window now, in front of which people can be asked. */
  begin(): void;
  /** What was agreed to, once; null when there is nothing, or it has waited too long. */
  take(): Proposal | null;
}

export function proposals(options: ProposalOptions): Proposals {
  const { confirm, refuse, tell, now = () => performance.now() } = options;
  let hasBegun = false;
  let early: string | null = null;
  let asking = false;
  let agreed: { readonly proposal: Proposal; readonly at: number } | null = null;

  const ask = async (link: string) => {
    // One question at a time: whatever opens many links gets one of them through, not a pile of dialogs.
    if (asking) return;
    asking = true;
    try {
      const proposal = parseLink(link);
      if (proposal === null) await refuse();
      else if (await confirm(proposal)) {
        agreed = { proposal, at: now() };
        tell();
      }
    } finally {
      asking = false;
    }
  };

  return {
    receive(link) {
      if (hasBegun) void ask(link);
      else early = link;
    },
    begin() {
      hasBegun = true;
      if (early !== null) void ask(early);
      early = null;
    },
    take() {
      const taken = agreed;
      agreed = null;
      return taken !== null && now() - taken.at <= WAIT_MS ? taken.proposal : null;
    },
  };
}
