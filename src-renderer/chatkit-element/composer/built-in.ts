import type { Strings } from '../i18n/strings.ts';
import type { Controller } from '../session/controller.ts';
import type { BuiltInAction } from './menu.ts';

/** What the page gives the actions that are not the controller's own. Null where there is no such thing. */
export interface ComposerParts {
  attach: (() => void) | null;
  dictate: (() => void) | null;
  showShortcuts(): void;
}

/** What the message box can do by itself, as far as the host has turned it on. */
export function builtInActions(
  controller: Controller,
  strings: Strings,
  parts: ComposerParts,
): BuiltInAction[] {
  const { options } = controller;
  const { tool } = controller.app.getSnapshot();
  const actions: (BuiltInAction | null)[] = [
    parts.attach && {
      ...{ id: 'attach', label: strings.attach, icon: 'paperclip', group: strings.message },
      run: parts.attach,
    },
    parts.dictate && {
      ...{ id: 'dictate', label: strings.dictate, icon: 'microphone', group: strings.message },
      run: parts.dictate,
    },
    ...(options.composer?.tools ?? []).map(({ id, label, icon }) => ({
      ...{ id: `tool ${id}`, label, icon: id === tool ? 'check' : (icon ?? 'bolt'), group: strings.tool },
      run: () => controller.selectTool(id === tool ? null : id),
    })),
    ...(options.composer?.models ?? [])
      .filter(({ disabled }) => !disabled)
      .map(({ id, label }) => ({
        ...{ id: `model ${id}`, label, icon: id === controller.model ? 'check' : 'sparkle' },
        group: strings.model,
        run: () => controller.selectModel(id),
      })),
    {
      ...{ id: 'new', label: strings.newChat, icon: 'compose', group: strings.chat },
      run() {
        controller.openThread(null).catch(() => {});
        controller.focusComposer();
      },
    },
    options.history?.enabled === false
      ? null
      : {
          ...{ id: 'history', label: strings.history, icon: 'history', group: strings.chat },
          run: () => controller.showHistory(),
        },
    {
      ...{ id: 'shortcuts', label: strings.shortcutsTitle, icon: 'info', group: strings.chat },
      run: parts.showShortcuts,
    },
  ];
  return actions.filter((action) => action !== null);
}
