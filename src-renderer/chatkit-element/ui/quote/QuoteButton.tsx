import { type RefObject, useEffect, useRef, useState } from 'react';
import { usePage, useStrings } from '../context.ts';
import { Icon } from '../Icon.tsx';
import { isMac } from '../platform.ts';
import { isQuoteKey, quoteKeyName } from './quote-key.ts';
import { clearSelection, selectedText } from './selected-text.ts';

/** The selection has settled when it did not change for so long, in milliseconds. */
const SETTLED_MS = 120;
/** Kept free between the selection and the button, in pixels. */
const GAP = 8;
/** Room that the button needs above the selection, in pixels; else it stands below. */
const ROOM = 48;

interface Place {
  top: number;
  left: number;
  text: string;
}

/**
 * A button beside selected words of a message, which answers just these, and a key that does the same. Nothing is drawn
 * while nothing is selected.
 */
export function QuoteButton({ content }: { content: RefObject<HTMLElement | null> }) {
  const { controller, announce } = usePage();
  const strings = useStrings();
  const [place, setPlace] = useState<Place | null>(null);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let pressed = false;
    const look = () => {
      clearTimeout(timer);
      timer = setTimeout(() => setPlace(pressed ? null : placeOf(content.current)), SETTLED_MS);
    };
    const down = () => {
      pressed = true;
    };
    const up = () => {
      pressed = false;
      look();
    };
    const hide = () => setPlace(null);
    const box = content.current?.closest('.ck-scroll');
    document.addEventListener('selectionchange', look);
    document.addEventListener('pointerdown', down, true);
    document.addEventListener('pointerup', up, true);
    document.addEventListener('pointercancel', up, true);
    box?.addEventListener('scroll', hide, { passive: true });
    return () => {
      clearTimeout(timer);
      document.removeEventListener('selectionchange', look);
      document.removeEventListener('pointerdown', down, true);
      document.removeEventListener('pointerup', up, true);
      document.removeEventListener('pointercancel', up, true);
      box?.removeEventListener('scroll', hide);
    };
  }, [content]);

  function quote(text: string) {
    const { drafts, threadId } = controller;
    drafts.set(threadId, { ...drafts.get(threadId), reply: text });
    controller.focusComposer();
    announce(strings.quoteTaken);
    setPlace(null);
    if (content.current !== null) clearSelection(content.current);
  }
  const quoteSelected = useRef((_messages: HTMLElement) => {});
  useEffect(() => {
    quoteSelected.current = (messages) => {
      const selected = selectedText(messages);
      if (selected === null) announce(strings.quoteNothing);
      else quote(selected.text);
    };
  });
  useEffect(() => {
    const messages = content.current;
    const page = messages?.closest<HTMLElement>('.ck');
    if (!messages || !page) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || !isQuoteKey(event, isMac())) return;
      if (event.target instanceof Element && event.target.closest('dialog') !== null) return;
      event.preventDefault();
      quoteSelected.current(messages);
    };
    page.addEventListener('keydown', onKey);
    return () => page.removeEventListener('keydown', onKey);
  }, [content]);

  const shown = place !== null;
  useEffect(() => {
    if (!shown) return;
    // Before anything else that Escape means: it closes what came last.
    const close = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      event.preventDefault();
      setPlace(null);
    };
    document.addEventListener('keydown', close, true);
    return () => document.removeEventListener('keydown', close, true);
  }, [shown]);

  if (place === null) return null;
  return (
    <button
      type="button"
      className="ck-quote-button"
      style={{ top: place.top, left: place.left }}
      // The selection stays until it is taken over.
      onPointerDown={(event) => event.preventDefault()}
      title={quoteKeyName(isMac())}
      aria-keyshortcuts={isMac() ? 'Control+Shift+Q' : 'Alt+Shift+Q'}
      onClick={() => quote(place.text)}
    >
      <Icon name="quote" size={16} />
      {strings.quoteSelection}
    </button>
  );
}

/** Above the selection, or below where there is no room; inside of the transcript. */
function placeOf(content: HTMLElement | null): Place | null {
  const frame = content?.closest('.ck-transcript')?.getBoundingClientRect();
  const selected = content && selectedText(content);
  if (!selected || frame === undefined) return null;
  const { rect, text } = selected;
  if (rect.bottom < frame.top || rect.top > frame.bottom) return null;
  const above = rect.top - frame.top >= ROOM;
  const top = above
    ? rect.top - frame.top - GAP
    : Math.min(rect.bottom - frame.top + GAP + ROOM, frame.height - GAP);
  const middle = (rect.left + rect.right) / 2 - frame.left;
  return { top, left: Math.min(Math.max(middle, 64), frame.width - 64), text };
}
