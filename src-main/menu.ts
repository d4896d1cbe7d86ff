import type { MenuItemConstructorOptions } from 'electron';
import type { ShellStrings } from './strings.ts';

/** The application's menu bar: standard roles, in the system's language, with their standard shortcuts. */
export function menuTemplate(
  strings: ShellStrings,
  options: { mac: boolean; development: boolean; lock: () => void },
): MenuItemConstructorOptions[] {
  const development: MenuItemConstructorOptions[] = options.development
    ? [{ role: 'reload' }, { role: 'toggleDevTools' }, { type: 'separator' }]
    : [];
  const lock: MenuItemConstructorOptions = {
    label: strings.lock,
    accelerator: 'CommandOrControl+Shift+L',
    click: options.lock,
  };
  const first: MenuItemConstructorOptions[] = options.mac
    ? [{ role: 'appMenu' }, { label: strings.file, submenu: [lock] }]
    : [
        {
          label: strings.file,
          submenu: [lock, { type: 'separator' }, { role: 'quit', label: strings.quit }],
        },
      ];
  return [
    ...first,
    {
      label: strings.edit,
      submenu: [
        { role: 'undo', label: strings.undo },
        { role: 'redo', label: strings.redo },
        { type: 'separator' },
        { role: 'cut', label: strings.cut },
        { role: 'copy', label: strings.copy },
        { role: 'paste', label: strings.paste },
        { role: 'selectAll', label: strings.selectAll },
      ],
    },
    {
      label: strings.view,
      submenu: [
        ...development,
        { role: 'resetZoom', label: strings.actualSize },
        { role: 'zoomIn', label: strings.zoomIn },
        { role: 'zoomOut', label: strings.zoomOut },
        { type: 'separator' },
        { role: 'togglefullscreen', label: strings.fullScreen },
      ],
    },
    {
      label: strings.window,
      submenu: [
        { role: 'minimize', label: strings.minimize },
        { role: 'close', label: strings.close },
      ],
    },
  ];
}
