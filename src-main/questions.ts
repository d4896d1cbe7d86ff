/** What the shell asks in dialogs of the system, which no page can imitate, cover or answer. */
import type { BrowserWindow, Dialog, MessageBoxOptions } from 'electron';
import type { Proposal } from '../src-shared/desktop.ts';
import type { ExternalTarget } from './security/open-external.ts';
import type { ShellStrings } from './strings.ts';

export interface QuestionOptions {
  readonly dialog: Pick<Dialog, 'showMessageBox'>;
  /** The window in front of which to ask; null where there is none. */
  readonly window: () => BrowserWindow | null;
  readonly strings: () => ShellStrings;
}

export interface Questions {
  openExternal(target: ExternalTarget): Promise<boolean>;
  acceptProposal(proposal: Proposal): Promise<boolean>;
  /** Says that a link is none of Foyer's. */
  refuseLink(): Promise<void>;
}

/** Every question has "Cancel" as what Enter and Escape mean: who presses a key while it opens agrees to nothing. */
export function questions({ dialog, window, strings }: QuestionOptions): Questions {
  const show = (options: MessageBoxOptions) => {
    const parent = window();
    return parent === null ? dialog.showMessageBox(options) : dialog.showMessageBox(parent, options);
  };
  const ask = async (message: string, detail: string, accept: string) => {
    const { response } = await show({
      type: 'question',
      message,
      detail,
      buttons: [accept, strings().cancel],
      defaultId: 1,
      cancelId: 1,
      noLink: true,
    });
    return response === 0;
  };

  return {
    openExternal: ({ host, address }) => {
      const { openExternalTitle, openExternalDetail, open } = strings();
      return ask(filled(openExternalTitle, host), filled(openExternalDetail, address), open);
    },
    acceptProposal: (proposal) => {
      const { linkThreadTitle, linkThreadDetail, linkTextTitle, linkTextDetail, linkAccept } = strings();
      switch (proposal.kind) {
        case 'thread':
          return ask(linkThreadTitle, filled(linkThreadDetail, proposal.threadId), linkAccept);
        case 'new-chat':
          return ask(linkTextTitle, filled(linkTextDetail, proposal.text), linkAccept);
      }
    },
    refuseLink: async () => {
      const { linkRefusedTitle, linkRefusedDetail, close } = strings();
      await show({
        type: 'warning',
        message: linkRefusedTitle,
        detail: linkRefusedDetail,
        buttons: [close],
        noLink: true,
      });
    },
  };
}

/** Puts a value where the text has a gap; what the value contains means nothing. */
function filled(text: string, value: string): string {
  return text.replace('{}', () => value);
}
