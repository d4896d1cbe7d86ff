import { useEffect, useImperativeHandle, useLayoutEffect, useRef } from 'react';
import { flushSync } from 'react-dom';
import { editedContent, joinTexts, partText, sliceContent } from '../session/content.ts';
import type { BoxProps } from './box.ts';
import { useEnter } from './use-enter.ts';

/** The message box as a text area: always at hand, and enough wherever no tags are inserted. */
export function PlainBox(props: BoxProps) {
  const { ref, label, placeholder, disabled, content, menu, suggests, onChange, onCaret } = props;
  const box = useRef<HTMLTextAreaElement>(null);
  const composing = useRef(false);
  const text = content.map(partText).join('');
  useEnter(box, props);
  useHeight(box, text);
  useEffect(() => {
    // A delegated focus prefers an element marked so; set after insertion, it focuses nothing by itself.
    box.current?.setAttribute('autofocus', '');
  }, []);
  useImperativeHandle(
    ref,
    () => ({
      get element() {
        return box.current;
      },
      focus: () => box.current?.focus(),
      selection: () => ({
        from: box.current?.selectionStart ?? text.length,
        to: box.current?.selectionEnd ?? text.length,
      }),
      select: (from, to) => box.current?.setSelectionRange(from, to),
      replace(from, to, inserted) {
        const head = joinTexts([...sliceContent(content, 0, from), ...inserted]);
        const caret = head.map(partText).join('').length;
        flushSync(() => onChange(joinTexts([...head, ...sliceContent(content, to, text.length)])));
        box.current?.setSelectionRange(caret, caret);
      },
      composing: () => composing.current,
    }),
    [content, text, onChange],
  );

  function reportCaret() {
    const { selectionStart, selectionEnd } = box.current ?? { selectionStart: 0, selectionEnd: 1 };
    onCaret(selectionStart === selectionEnd ? selectionStart : null);
  }
  return (
    <textarea
      ref={box}
      className="ck-input"
      aria-label={label}
      aria-autocomplete={suggests ? 'list' : undefined}
      aria-haspopup={suggests ? 'listbox' : undefined}
      aria-controls={menu?.listId}
      aria-activedescendant={menu?.activeId}
      placeholder={placeholder}
      value={text}
      disabled={disabled}
      rows={1}
      dir="auto"
      onChange={(event) => {
        onChange(editedContent(content, event.currentTarget.value));
        reportCaret();
      }}
      // React's own `onSelect` does not see into a shadow root.
      onKeyUp={reportCaret}
      onPointerUp={reportCaret}
      onFocus={reportCaret}
      onBlur={() => onCaret(null)}
      onCompositionStart={() => {
        composing.current = true;
      }}
      onCompositionEnd={() => {
        composing.current = false;
        props.onComposition();
      }}
    />
  );
}

/** Height by content, where the browser cannot size it by itself. */
function useHeight(box: React.RefObject<HTMLTextAreaElement | null>, text: string) {
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null || CSS.supports?.('field-sizing', 'content')) return;
    element.style.height = 'auto';
    if (text !== '') element.style.height = `${element.scrollHeight}px`;
  }, [box, text]);
}
