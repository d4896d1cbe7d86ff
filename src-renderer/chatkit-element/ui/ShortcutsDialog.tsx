import { type KeyboardEvent, useId } from 'react';
import { usePage, useStrings } from './context.ts';
import { type PageKey, pageKeyNames, pageKeyOf } from './page-keys.ts';
import { isMac } from './platform.ts';
import { quoteKeyName } from './quote/quote-key.ts';
import { useModal } from './use-modal.ts';

/** The keys of the chat, in a dialog of the browser: it keeps the focus inside and gives it back. */
export function ShortcutsDialog({ onClose }: { onClose(): void }) {
  const strings = useStrings();
  const dialog = useModal();
  const title = useId();
  const { controller } = usePage();
  const names = pageKeyNames(isMac());
  const mayEdit = controller.options.api.edit;
  const keys = [
    ['Enter', strings.shortcutSend],
    ['Shift+Enter', strings.shortcutNewLine],
    ...(mayEdit ? ([['↑', strings.shortcutEdit]] as const) : []),
    ['Esc', strings.shortcutStop],
    [names['new-chat'], strings.shortcutNewChat],
    [names.composer, strings.shortcutComposer],
    [names.switch, strings.shortcutSwitch],
    [names['copy-answer'], strings.shortcutCopyAnswer],
    [names['copy-code'], strings.shortcutCopyCode],
    [quoteKeyName(isMac()), strings.shortcutQuote],
    [names.shortcuts, strings.shortcutList],
  ] as const;
  return (
    <dialog ref={dialog} className="ck-dialog" aria-labelledby={title} onClose={onClose}>
      <h3 id={title}>{strings.shortcutsTitle}</h3>
      <dl className="ck-shortcuts">
        {keys.map(([key, text]) => (
          <div key={key}>
            <dt>{text}</dt>
            <dd>
              <kbd dir="ltr">{key}</kbd>
            </dd>
          </div>
        ))}
      </dl>
      <div className="ck-actions">
        <button type="button" className="ck-button" onClick={() => dialog.current?.close()}>
          {strings.close}
        </button>
      </div>
    </dialog>
  );
}

/** What a key means for the chat as a whole; null for every other key, and while a dialog is open. */
export function pageKey(event: KeyboardEvent): PageKey | null {
  if (event.defaultPrevented || event.nativeEvent.isComposing) return null;
  if (event.target instanceof Element && event.target.closest('dialog') !== null) return null;
  return pageKeyOf(event.nativeEvent, isMac());
}

/** Moves the focus from the conversation to the message box, or the other way round. */
export function switchPart(page: HTMLElement): void {
  const active = (page.getRootNode() as ShadowRoot).activeElement;
  const box = page.querySelector<HTMLElement>('.ck-composer textarea, .ck-composer [role=textbox]');
  const conversation = page.querySelector<HTMLElement>('.ck-view:not([hidden]) .ck-scroll[tabindex]');
  const inComposer = active?.closest('.ck-composer') !== null && active !== null;
  (inComposer ? conversation : box)?.focus();
}
