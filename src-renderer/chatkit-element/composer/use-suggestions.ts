import type { Command as HostCommand } from '@openai/chatkit';
import { type RefObject, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { toChatKitError } from '../errors.ts';
import type { KeyPress } from '../ui/composer-keys.ts';
import { usePage } from '../ui/context.ts';
import type { BoxHandle } from './box.ts';
import { builtInActions } from './built-in.ts';
import { createMenu, type Menu } from './menu.ts';

interface SuggestionsSetup {
  box: RefObject<BoxHandle | null>;
  /** The composer around the box. */
  place: RefObject<HTMLElement | null>;
  /** True while nothing may be written. */
  blocked(): boolean;
  /** False for tags alone. */
  withCommands: boolean;
}

/** The menu of tags and commands of one composer, with an id for its list. */
export function useSuggestions({ box, place, blocked, withCommands }: SuggestionsSetup): {
  menu: Menu;
  id: string;
} {
  const page = usePage();
  const id = useId();
  const latest = useRef({ page, blocked });
  useLayoutEffect(() => {
    latest.current = { page, blocked };
  });
  const [menu] = useState(() => {
    const { controller } = page;
    return createMenu({
      searchTags: () => controller.options.entities?.onTagSearch,
      commands() {
        const { commands } = controller.options;
        if (!withCommands || commands?.enabled !== true) return null;
        const { strings } = latest.current.page.language;
        const button = (selector: string) => {
          const found = place.current?.querySelector<HTMLElement>(selector) ?? null;
          return found === null ? null : () => found.click();
        };
        const actions = builtInActions(controller, strings, {
          attach: button('input[type=file]'),
          dictate: button('[data-dictate]'),
          showShortcuts: () => latest.current.page.showShortcuts(),
        });
        const { onSearch, onSelect } = commands;
        return {
          search: onSearch,
          select: onSelect && ((command) => onSelect(command as HostCommand)),
          ...{ actions, backLabel: strings.backToCommands },
        };
      },
      replace(range, content) {
        if (box.current === null || latest.current.blocked()) return;
        const { from, to } = range ?? box.current.selection();
        box.current.replace(from, to, content);
      },
      failed: (error) => controller.emit('chatkit.error', { error: toChatKitError(error, 'configuration') }),
    });
  });
  useEffect(() => () => menu.dispose(), [menu]);
  return { menu, id };
}

/** Keys of the open menu; true when the key was its own. */
export function menuKey(menu: Menu, event: KeyPress): boolean {
  const state = menu.state.getSnapshot();
  if (state.kind === 'closed' || event.ctrlKey || event.metaKey || event.altKey) return false;
  switch (event.key) {
    case 'ArrowDown':
      menu.move(1);
      return true;
    case 'ArrowUp':
      menu.move(-1);
      return true;
    case 'PageDown':
      menu.move('last');
      return true;
    case 'PageUp':
      menu.move('first');
      return true;
    case 'Enter':
      if (event.shiftKey) return false;
      menu.accept();
      return true;
    case 'Tab':
      // With nothing to pick, Tab goes on to the next control, as everywhere.
      if (event.shiftKey || state.rows.length === 0) return false;
      menu.accept();
      return true;
    case 'Escape':
      menu.dismiss();
      return true;
    default:
      return false;
  }
}
