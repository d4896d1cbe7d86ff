/** The menu of tags and commands: what it shows, and what happens on a choice. Knows nothing of how it is drawn. */
import type { UserContent } from '../../../src-shared/chatkit/index.ts';
import { createStore, type ReadableStore } from '../state/store.ts';
import {
  type Command,
  type Entity,
  MAX_ROWS,
  readCommands,
  readEntities,
  readSelection,
  tagOf,
} from './answers.ts';
import { findTrigger, type Trigger } from './trigger.ts';

/** Something that the message box can do by itself. */
export interface BuiltInAction {
  id: string;
  label: string;
  icon: string;
  group: string;
  run(): void;
}

/** One row of the menu. `key` is unique within it. */
export type Row = {
  key: string;
  label: string;
  icon: string;
  group: string | null;
  detail: string | null;
} & (
  | { kind: 'entity'; entity: Entity }
  | { kind: 'command'; command: Command }
  | { kind: 'action'; action: BuiltInAction }
  | { kind: 'back' }
);

/** How far the answer of the host is. `failed` keeps the rows there are. */
export type MenuProgress = 'loading' | 'ready' | 'search_failed' | 'choice_failed' | 'working';

export type MenuState =
  | { kind: 'closed' }
  | { kind: 'open'; of: Trigger['kind']; rows: readonly Row[]; active: number; progress: MenuProgress };

/** What the menu needs from around it; looked up at each use, since options change live. */
export interface MenuHost {
  searchTags(): ((query: string) => Promise<unknown>) | undefined;
  /** Null while commands are off. */
  commands(): {
    search: ((query: string) => Promise<unknown>) | undefined;
    select: ((command: Command) => Promise<unknown>) | undefined;
    actions: readonly BuiltInAction[];
    /** Heading of the way back out of a menu. */
    backLabel: string;
  } | null;
  /** Puts content in place of a part of the draft. `to` null means: at the caret, whatever is selected. */
  replace(range: { from: number; to: number } | null, content: readonly UserContent[]): void;
  /** A handler of the host threw, or answered something else than the contract says. */
  failed(error: unknown): void;
}

export interface Menu {
  state: ReadableStore<MenuState>;
  /** The draft or the caret has changed; null without a caret (no focus, or a selection). */
  watch(content: readonly UserContent[], caret: number | null): void;
  /** Moves the mark by rows, round and round; `first` and `last` jump. */
  move(step: number | 'first' | 'last'): void;
  point(index: number): void;
  /** Picks the marked row. Where there is none to wait for, the menu closes. */
  accept(): void;
  pick(index: number): void;
  /** Asks again after a failure. */
  retry(): void;
  /** Closes it; the same search does not open it again. */
  dismiss(): void;
  dispose(): void;
}

/** The pause in typing after which the host is asked, in milliseconds. */
const PAUSE = 150;
const CLOSED: MenuState = { kind: 'closed' };

export function createMenu(host: MenuHost): Menu {
  const store = createStore<MenuState>(CLOSED);
  let trigger: Trigger | null = null;
  let caretNow = 0;
  /** Where the search began that the person has closed. */
  let dismissed: string | null = null;
  /** Menus behind the one on screen, which is a nested one while there are any. */
  let behind: (readonly Row[])[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Counts questions to the host; an answer to an older one is dropped. */
  let asked = 0;

  const open = () => {
    const state = store.get();
    return state.kind === 'open' ? state : null;
  };
  function close() {
    asked += 1;
    clearTimeout(timer);
    behind = [];
    trigger = null;
    if (open() !== null) store.update(() => CLOSED);
  }
  function show(of: Trigger['kind'], rows: readonly Row[], progress: MenuProgress, active = 0) {
    const all = rows.slice(0, MAX_ROWS);
    store.update(() => ({
      kind: 'open',
      of,
      rows: all,
      progress,
      active: Math.min(active, Math.max(0, all.length - 1)),
    }));
  }
  /** A search that has found nothing ends when a new word begins, or at once where nobody else is asked. */
  function settle(search: Trigger, rows: readonly Row[], local: boolean) {
    if (rows.length === 0 && (/\s/.test(search.query) || (local && search.query !== ''))) {
      dismissed = mark(search);
      close();
    } else show(search.kind, rows, 'ready');
  }
  function look(search: Trigger) {
    clearTimeout(timer);
    asked += 1;
    const commands = host.commands();
    const own = search.kind === 'command' ? matching(commands?.actions ?? [], search.query) : [];
    const ask = search.kind === 'tag' ? host.searchTags() : commands?.search;
    if (ask === undefined) return settle(search, own, true);
    const before = open();
    const kept = before?.of === search.kind && search.kind === 'tag' ? before.rows : own;
    show(search.kind, kept, 'loading', before?.of === search.kind ? before.active : 0);
    const mine = asked;
    timer = setTimeout(async () => {
      try {
        const answer = await ask(search.query);
        if (mine !== asked) return;
        const rows =
          search.kind === 'tag' ? entityRows(readEntities(answer)) : commandRows(readCommands(answer));
        if (rows === null) throw new TypeError('A search of the page answered no list.');
        settle(search, [...rows, ...own], false);
      } catch (error) {
        host.failed(error);
        if (mine === asked) show(search.kind, own, 'search_failed');
      }
    }, PAUSE);
  }
  function pick(index: number) {
    const state = open();
    const row = state?.rows[index];
    if (state === null || row === undefined || state.progress === 'working') return;
    if (row.kind === 'back') return show(state.of, behind.pop() ?? [], 'ready');
    const range = trigger === null ? null : { from: trigger.from, to: caretNow };
    const before = behind;
    const rows = state.rows;
    close();
    if (row.kind === 'entity')
      return host.replace(range, [tagOf(row.entity), { type: 'input_text', text: ' ' }]);
    if (range !== null) host.replace(range, []);
    if (row.kind === 'action') return row.action.run();
    behind = before;
    void choose(row.command, rows, index);
  }
  async function choose(command: Command, rows: readonly Row[], index: number) {
    const commands = host.commands();
    const select = commands?.select;
    if (commands === null || select === undefined) return close();
    const mine = ++asked;
    show('command', rows, 'working', index);
    try {
      const answer = await select(command);
      if (mine !== asked) return;
      const selection = readSelection(answer);
      if (selection === null) throw new TypeError('A command of the page answered what no menu can show.');
      if (selection.type === 'menu') {
        behind = [...behind, rows];
        const back: Row = {
          ...{ kind: 'back', key: 'back', label: commands.backLabel, icon: 'back-small' },
          ...{ group: null, detail: null },
        };
        return show('command', [back, ...(commandRows(selection.commands) ?? [])], 'ready', 1);
      }
      close();
      if (selection.type === 'entity') {
        host.replace(null, [tagOf(selection.entity), { type: 'input_text', text: ' ' }]);
      }
    } catch (error) {
      host.failed(error);
      if (mine === asked) show('command', rows, 'choice_failed', index);
    }
  }

  return {
    state: store,
    watch(content, caret) {
      const state = open();
      // A nested menu, or a command at work, belongs to no text.
      if (state !== null && trigger === null) {
        if (caret === null && state.progress !== 'working') close();
        return;
      }
      const kinds = { tag: host.searchTags() !== undefined, command: host.commands() !== null };
      const found = caret === null ? null : findTrigger(content, caret, kinds);
      if (caret !== null) caretNow = caret;
      if (found === null) {
        dismissed = caret === null ? dismissed : null;
        if (state !== null) close();
        return;
      }
      if (mark(found) === dismissed) return;
      dismissed = null;
      const same = trigger !== null && mark(trigger) === mark(found) && trigger.query === found.query;
      trigger = found;
      if (!same || state === null) look(found);
    },
    move(step) {
      const state = open();
      if (state === null || state.rows.length === 0) return;
      const count = state.rows.length;
      const active =
        step === 'first' ? 0 : step === 'last' ? count - 1 : (state.active + step + count) % count;
      store.update(() => ({ ...state, active }));
    },
    point(index) {
      const state = open();
      if (state !== null && state.active !== index) store.update(() => ({ ...state, active: index }));
    },
    accept() {
      const state = open();
      if (state === null || state.progress === 'working') return;
      if (state.rows.length > 0) pick(state.active);
      else if (state.progress !== 'loading') this.dismiss();
    },
    pick,
    retry() {
      const state = open();
      if (state?.progress === 'choice_failed') pick(state.active);
      else if (trigger !== null) look(trigger);
    },
    dismiss() {
      dismissed = trigger === null ? dismissed : mark(trigger);
      close();
    },
    dispose: close,
  };
}

function mark({ kind, from }: Trigger): string {
  return `${kind} ${from}`;
}

function matching(actions: readonly BuiltInAction[], query: string): Row[] {
  const words = query.trim().toLocaleLowerCase();
  return actions
    .filter(({ label, group }) => `${label}\n${group}`.toLocaleLowerCase().includes(words))
    .map((action) => ({
      ...{ kind: 'action' as const, action, key: `action ${action.id}`, label: action.label },
      ...{ icon: action.icon, group: action.group, detail: null },
    }));
}

function entityRows(entities: Entity[] | null): Row[] | null {
  const rows = entities?.map((entity) => ({
    ...{ kind: 'entity' as const, entity, key: `entity ${entity.id}`, label: entity.title },
    ...{ icon: entity.icon ?? 'circle-question', group: entity.group ?? null, detail: null },
  }));
  return rows === undefined ? null : grouped(rows);
}

function commandRows(commands: Command[] | null): Row[] | null {
  const rows = commands?.map((command) => ({
    ...{ kind: 'command' as const, command, key: `command ${command.id}`, label: command.label },
    ...{ icon: command.icon ?? 'sparkle', group: command.group ?? null, detail: command.description ?? null },
  }));
  return rows === undefined ? null : grouped(rows);
}

/** Rows of one group stand together, in the order in which the groups first come. */
function grouped(rows: readonly Row[]): Row[] {
  const groups = new Map<string | null, Row[]>();
  for (const row of rows) groups.set(row.group, [...(groups.get(row.group) ?? []), row]);
  return [...groups.values()].flat();
}
