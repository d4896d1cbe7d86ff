import { type BrowserWindow, type ContextMenuParams, Menu, type MenuItemConstructorOptions } from 'electron';
import type { ShellStrings } from './strings.ts';

/** Spelling suggestions and the usual editing commands, where they make sense. */
export function contextMenu(window: BrowserWindow, params: ContextMenuParams, strings: ShellStrings): void {
  const { webContents } = window;
  const template: MenuItemConstructorOptions[] = params.dictionarySuggestions.map((word) => ({
    label: word,
    click: () => webContents.replaceMisspelling(word),
  }));
  if (params.misspelledWord !== '') {
    template.push(
      {
        label: strings.learnWord,
        click: () => webContents.session.addWordToSpellCheckerDictionary(params.misspelledWord),
      },
      { type: 'separator' },
    );
  }
  if (params.isEditable) {
    template.push(
      { role: 'cut', label: strings.cut, enabled: params.editFlags.canCut },
      { role: 'copy', label: strings.copy, enabled: params.editFlags.canCopy },
      { role: 'paste', label: strings.paste, enabled: params.editFlags.canPaste },
      { role: 'selectAll', label: strings.selectAll },
    );
  } else if (params.selectionText.trim() !== '') {
    template.push({ role: 'copy', label: strings.copy });
  }
  if (template.length > 0) Menu.buildFromTemplate(template).popup({ window });
}
