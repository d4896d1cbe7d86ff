import type { OpenAIChatKit } from '@openai/chatkit';
import { useEffect } from 'react';
import { useLocation } from 'wouter';
import { type KeptDraft, NEW_THREAD_KEY } from '../../../src-shared/api/index.ts';
import { type Proposal, proposalSchema } from '../../../src-shared/desktop.ts';
import type { DraftsApi } from '../api/drafts.ts';
import { useServices } from '../services.tsx';

type ComposerValue = Parameters<OpenAIChatKit['setComposerValue']>[0];
type Content = NonNullable<ComposerValue['content']>[number];

/** What the chat lets a link do. */
export interface ProposalTarget {
  setThreadId(threadId: string | null): Promise<void>;
  setComposerValue(value: ComposerValue): Promise<void>;
  focusComposer(): Promise<void>;
}

/** Shows the chat when a link waits for it, whatever page is open. */
export function useChatForProposals(): void {
  const { desktop } = useServices();
  const [, navigate] = useLocation();
  useEffect(() => desktop?.onProposal(() => navigate('/')), [desktop, navigate]);
}

/**
 * Does what a link proposed and the person agreed to: when the chat is ready, and whenever another one comes.
 *
 * @param target null until the chat is ready
 */
export function useProposals(target: ProposalTarget | null): void {
  const { api, desktop } = useServices();
  useEffect(() => {
    if (desktop === undefined || target === null) return;
    const take = async () => {
      const taken = proposalSchema.safeParse(await desktop.takeProposal());
      if (taken.success) await apply(taken.data, target, api);
    };
    const tryTo = () => void take().catch(() => undefined);
    tryTo();
    return desktop.onProposal(tryTo);
  }, [api, desktop, target]);
}

/** Puts a text behind what the person had begun to write there: nothing is sent, and nothing is lost. */
export async function apply(proposal: Proposal, target: ProposalTarget, api: Pick<DraftsApi, 'drafts'>) {
  if (proposal.kind === 'thread') {
    await target.setThreadId(proposal.threadId);
    return;
  }
  await target.setThreadId(null);
  const drafts = await api.drafts();
  // What stands there cannot be known: it stays as it is.
  if (!drafts.ok) return;
  const { content = [], attachments = [] } = drafts.value[NEW_THREAD_KEY]?.draft ?? {};
  const text = content.length === 0 ? proposal.text : `\n\n${proposal.text}`;
  await target.setComposerValue({
    content: [...content.map(toContent), { type: 'input_text', text }],
    attachments,
  });
  await target.focusComposer();
}

/** The stored form knows an absent group as null too. */
function toContent(part: KeptDraft['draft']['content'][number]): Content {
  if (part.type === 'input_text') return part;
  const { group, ...tag } = part;
  return typeof group === 'string' ? { ...tag, group } : tag;
}
