import { type KeyboardEvent, useRef } from 'react';
import { usePage, useStore, useStrings } from '../context.ts';
import { Icon } from '../Icon.tsx';
import { IconButton } from '../IconButton.tsx';

/** In characters: nobody looks for more, and all of it goes to the host. */
const MAX_QUERY = 200;

interface SearchFieldProps {
  /** Goes to the first result; false when there is none. */
  onDown(): boolean;
}

/** The field above the history. */
export function SearchField({ onDown }: SearchFieldProps) {
  const { search } = usePage().controller;
  const strings = useStrings();
  const { query } = useStore(search.state);
  const field = useRef<HTMLInputElement>(null);

  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown' && onDown()) event.preventDefault();
    if (event.key !== 'Escape' || query === '') return;
    // Heard further out, it would leave the history.
    event.preventDefault();
    search.type('');
  }

  return (
    <search className="ck-find">
      <div className="ck-find-box">
        <Icon name="search" size={18} />
        <input
          ref={field}
          type="search"
          className="ck-find-field"
          aria-label={strings.findLabel}
          placeholder={strings.findLabel}
          value={query}
          maxLength={MAX_QUERY}
          dir="auto"
          autoComplete="off"
          spellCheck={false}
          enterKeyHint="search"
          onChange={(event) => search.type(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        {query !== '' && (
          <IconButton
            icon="close"
            label={strings.findClear}
            size={16}
            className="ck-small"
            onClick={() => {
              search.type('');
              field.current?.focus();
            }}
          />
        )}
      </div>
    </search>
  );
}
