import { useEffect, useLayoutEffect, useRef } from 'react';
import { fill } from '../i18n/strings.ts';
import { usePage, useStore, useStrings } from '../ui/context.ts';
import { Icon } from '../ui/Icon.tsx';
import type { Menu, MenuState, Row } from './menu.ts';

interface SuggestionMenuProps {
  menu: Menu;
  /** Ids of the rows begin with it. */
  id: string;
}

/** The open menu of tags or commands, above the message box. The focus stays in the box. */
export function SuggestionMenu({ menu, id }: SuggestionMenuProps) {
  const state = useStore(menu.state);
  return state.kind === 'open' ? <Open menu={menu} id={id} state={state} /> : null;
}

/** The id of the list of suggestions, and of one of its rows. */
export const rowId = (id: string, index: number) => `${id}-${index}`;

function Open({ menu, id, state }: SuggestionMenuProps & { state: Extract<MenuState, { kind: 'open' }> }) {
  const { announce } = usePage();
  const strings = useStrings();
  const list = useRef<HTMLDivElement>(null);
  const { rows, progress } = state;
  useLayoutEffect(() => {
    list.current?.querySelector('[data-active]')?.scrollIntoView({ block: 'nearest' });
  });
  const count = rows.length;
  useEffect(() => {
    if (progress === 'ready')
      announce(count === 0 ? strings.nothingFound : fill(strings.suggestionCount, { n: count }));
    if (progress === 'loading' || progress === 'working') announce(strings.searching);
  }, [announce, progress, count, strings]);
  useEffect(() => () => announce(''), [announce]);

  return (
    <div
      className="ck-suggest"
      // Before the box loses the focus, which closes the menu.
      onPointerDown={(event) => event.preventDefault()}
      aria-busy={progress === 'loading' || progress === 'working' || undefined}
    >
      <div
        ref={list}
        id={id}
        role="listbox"
        className="ck-suggest-list"
        aria-label={state.of === 'tag' ? strings.mentions : strings.commands}
        hidden={count === 0}
      >
        {groupsOf(rows).map(({ name, rows: members, from }) =>
          name === null ? (
            members.map((row, index) => (
              <Option key={row.key} {...{ row, menu, id, state }} index={from + index} />
            ))
          ) : (
            <Group key={`${from} ${name}`} id={`${id}-group-${from}`} name={name}>
              {members.map((row, index) => (
                <Option key={row.key} {...{ row, menu, id, state }} index={from + index} />
              ))}
            </Group>
          ),
        )}
      </div>
      <Progress menu={menu} state={state} />
    </div>
  );
}

function Group({ id, name, children }: { id: string; name: string; children: React.ReactNode }) {
  const named = { role: 'group', 'aria-labelledby': id };
  return (
    <div {...named}>
      <p id={id} className="ck-suggest-group" dir="auto" role="presentation">
        {name}
      </p>
      {children}
    </div>
  );
}

interface OptionProps extends SuggestionMenuProps {
  row: Row;
  index: number;
  state: Extract<MenuState, { kind: 'open' }>;
}

function Option({ row, index, menu, id, state }: OptionProps) {
  const marked = index === state.active;
  return (
    <div
      id={rowId(id, index)}
      role="option"
      tabIndex={-1}
      className="ck-suggest-row"
      aria-selected={marked}
      aria-disabled={state.progress === 'working' || undefined}
      data-active={marked || undefined}
      onPointerMove={() => menu.point(index)}
      onPointerUp={(event) => {
        if (event.button === 0) menu.pick(index);
      }}
    >
      <Icon name={row.icon} size={18} />
      <span className="ck-suggest-text">
        <span className="ck-suggest-label" dir="auto">
          {row.label}
        </span>
        {row.detail !== null && (
          <span className="ck-suggest-detail" dir="auto">
            {row.detail}
          </span>
        )}
      </span>
    </div>
  );
}

/** What is under way, or went wrong, below the rows. */
function Progress({ menu, state }: { menu: Menu; state: Extract<MenuState, { kind: 'open' }> }) {
  const strings = useStrings();
  const { progress, rows } = state;
  if (progress === 'loading' || progress === 'working') {
    return (
      <p className="ck-suggest-note">
        <span className="ckw-spinner" aria-hidden="true" />
        {progress === 'loading' ? strings.searching : strings.commandWorking}
      </p>
    );
  }
  if (progress === 'ready') {
    return rows.length === 0 ? <p className="ck-suggest-note">{strings.nothingFound}</p> : null;
  }
  return (
    <div className="ck-suggest-note ck-suggest-failed" role="alert">
      <Icon name="warning" size={16} />
      <span>{progress === 'search_failed' ? strings.searchFailed : strings.commandFailed}</span>
      <button type="button" className="ck-button" onClick={() => menu.retry()}>
        {strings.retry}
      </button>
    </div>
  );
}

interface RowGroup {
  name: string | null;
  rows: Row[];
  /** Place of the first of them in the whole list. */
  from: number;
}

function groupsOf(rows: readonly Row[]): RowGroup[] {
  const groups: RowGroup[] = [];
  for (const [index, row] of rows.entries()) {
    const last = groups.at(-1);
    if (last !== undefined && last.name === row.group) last.rows.push(row);
    else groups.push({ name: row.group, rows: [row], from: index });
  }
  return groups;
}
