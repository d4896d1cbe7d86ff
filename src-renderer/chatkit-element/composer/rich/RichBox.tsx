import { useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react';
import { sameData } from '../../options/same-data.ts';
import { usePage } from '../../ui/context.ts';
import type { BoxProps } from '../box.ts';
import { useEnter } from '../use-enter.ts';
import { createRichEditor, type RichEditor } from './editor.ts';

/** The message box with tags inside the text. Loaded only where tags can come up. */
export function RichBox(props: BoxProps) {
  const { ref, label, placeholder, disabled, content, menu, suggests } = props;
  const { controller } = usePage();
  const place = useRef<HTMLDivElement>(null);
  const latest = useRef(props);
  const written = useRef(content);
  const editor = useRef<RichEditor | null>(null);
  const [empty, setEmpty] = useState(content.length === 0);
  useLayoutEffect(() => {
    latest.current = props;
  });
  useEnter(place, props);

  useLayoutEffect(() => {
    const made = createRichEditor({
      content: written.current,
      onChange(next) {
        written.current = next;
        setEmpty(next.length === 0);
        latest.current.onChange(next);
      },
      onCaret: (caret) => latest.current.onCaret(caret),
      onError: (error) =>
        controller.emit('chatkit.log', { name: 'composer.failed', data: { message: String(error) } }),
    });
    made.attach(place.current);
    // A delegated focus prefers an element marked so; set after insertion, it focuses nothing by itself.
    place.current?.setAttribute('autofocus', '');
    editor.current = made;
    return () => {
      editor.current = null;
      made.dispose();
    };
  }, [controller]);
  useLayoutEffect(() => {
    if (content === written.current) return;
    const same = sameData(content, written.current);
    written.current = content;
    if (same) return;
    editor.current?.write(content);
    setEmpty(content.length === 0);
  }, [content]);
  useEffect(() => editor.current?.enable(!disabled), [disabled]);
  useImperativeHandle(
    ref,
    () => ({
      get element() {
        return place.current;
      },
      focus: () => editor.current?.focus(),
      selection: () => editor.current?.selection() ?? { from: 0, to: 0 },
      select: (from, to) => editor.current?.select(from, to),
      replace: (from, to, inserted) => editor.current?.replace(from, to, inserted),
      composing: () => editor.current?.composing() ?? false,
    }),
    [],
  );

  // A list that is open makes it a combobox: a text box has no open and closed state.
  const named = {
    role: menu === null ? 'textbox' : 'combobox',
    'aria-label': label,
    'aria-placeholder': menu === null ? placeholder : undefined,
    'aria-multiline': menu === null ? true : undefined,
    'aria-disabled': disabled || undefined,
    'aria-autocomplete': suggests ? ('list' as const) : undefined,
    'aria-haspopup': suggests ? ('listbox' as const) : undefined,
    'aria-expanded': menu === null ? undefined : true,
    'aria-controls': menu?.listId,
    'aria-activedescendant': menu?.activeId,
  };
  return (
    <div className="ck-rich">
      <div
        ref={place}
        className="ck-input"
        contentEditable={!disabled}
        suppressContentEditableWarning
        tabIndex={disabled ? -1 : 0}
        dir="auto"
        spellCheck
        {...named}
      />
      {empty && (
        <p className="ck-rich-placeholder" aria-hidden="true" dir="auto">
          {placeholder}
        </p>
      )}
    </div>
  );
}
