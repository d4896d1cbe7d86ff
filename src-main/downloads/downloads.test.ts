import { EventEmitter } from 'node:events';
import type { DownloadItem } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import type { Download } from '../../src-shared/desktop.ts';
import { downloads } from './downloads.ts';

const own = 'http://127.0.0.1:4711';

class Item extends EventEmitter {
  savePath = '';
  dialog: { defaultPath?: string } | null = null;
  cancelled = false;
  received = 0;
  readonly chain: string[];
  readonly name: string;
  constructor(chain: string[], name = 'table.csv') {
    super();
    this.chain = chain;
    this.name = name;
  }
  getURL = () => this.chain.at(-1) ?? '';
  getURLChain = () => this.chain;
  getFilename = () => this.name;
  getSavePath = () => this.savePath;
  getReceivedBytes = () => this.received;
  getTotalBytes = () => 10;
  setSaveDialogOptions = (options: { defaultPath?: string }) => {
    this.dialog = options;
  };
  cancel = () => {
    this.cancelled = true;
    this.emit('done', {}, 'cancelled');
  };
}

function start(origin: string | null = own) {
  const told: Download[] = [];
  const shell = downloads({
    ownOrigin: () => origin,
    folder: () => '/home/ada/Downloads',
    title: () => 'Save',
    tell: (download) => told.push(download),
  });
  const handle = (item: Item, page: string | null = `${own}/`) => {
    const preventDefault = vi.fn();
    shell.handle(
      { preventDefault },
      item as unknown as DownloadItem,
      page === null ? null : { getURL: () => page },
    );
    return preventDefault.mock.calls.length === 0;
  };
  return { shell, told, handle };
}

describe('what may be saved', () => {
  it.each([
    ['an attachment of ours', [`${own}/api/attachments/atc_1`], true],
    ['something that our page made', [`blob:${own}/8e5e-11`], true],
    ['another origin', ['https://example.org/x.exe'], false],
    ['another port', ['http://127.0.0.1:4712/x'], false],
    ['ours that leads elsewhere', [`${own}/x`, 'https://example.org/x.exe'], false],
    ['elsewhere that leads to us', ['https://example.org/', `${own}/x`], false],
    ['something that another page made', ['blob:https://example.org/8e5e-11'], false],
    ['something of a page without origin', ['blob:null/8e5e-11'], false],
    ['data', ['data:text/html,x'], false],
    ['a file', ['file:///etc/passwd'], false],
    ['nothing', [], false],
  ])('%s', (_what, chain, allowed) => {
    const item = new Item(chain);
    expect(start().handle(item)).toBe(allowed);
    expect(item.dialog !== null, 'asks where to').toBe(allowed);
  });

  it('nothing for another page, for no page, or before the server is there', () => {
    const item = () => new Item([`${own}/x`]);
    expect(start().handle(item(), 'https://example.org/')).toBe(false);
    expect(start().handle(item(), null)).toBe(false);
    expect(start(null).handle(item())).toBe(false);
  });

  it('three at once, and again one when one is over', () => {
    const { handle } = start();
    const items = Array.from({ length: 5 }, () => new Item([`${own}/x`]));
    expect(items.slice(0, 4).map((item) => handle(item))).toEqual([true, true, true, false]);
    items[0]!.emit('done', {}, 'completed');
    expect(handle(items[4]!)).toBe(true);
  });
});

it('suggests a harmless name in the folder for downloads', () => {
  const item = new Item([`${own}/x`], '../.evil\u202Efdp.exe');
  start().handle(item);
  expect(item.dialog?.defaultPath).toBe('/home/ada/Downloads/evilfdp.exe');
});

describe('what the page is told', () => {
  it('nothing before the dialog is answered, then how far it is, then that it is done', () => {
    const { told, handle } = start();
    const item = new Item([`${own}/x`]);
    handle(item);
    item.emit('updated', {}, 'progressing');
    expect(told).toEqual([]);
    item.savePath = '/home/ada/Documents/mine.csv';
    item.received = 5;
    item.emit('updated', {}, 'progressing');
    item.emit('updated', {}, 'progressing');
    item.received = 10;
    item.emit('done', {}, 'completed');
    const file = { id: 1, name: 'mine.csv', totalBytes: 10 };
    expect(told).toEqual([
      { ...file, state: 'running', receivedBytes: 5 },
      { ...file, state: 'done', receivedBytes: 10 },
    ]);
  });

  it('tells one that was stopped from one that failed', () => {
    const { shell, told, handle } = start();
    const [stopped, failed, unanswered] = [1, 2, 3].map(() => new Item([`${own}/x`]));
    for (const item of [stopped!, failed!]) {
      handle(item);
      item.savePath = '/tmp/x';
    }
    shell.cancel(1);
    shell.cancel(1);
    shell.cancel(99);
    failed!.emit('updated', {}, 'interrupted');
    expect(stopped!.cancelled && failed!.cancelled, 'nothing half stays').toBe(true);
    handle(unanswered!);
    unanswered!.emit('done', {}, 'cancelled');
    expect(told.map(({ id, state }) => [id, state])).toEqual([
      [1, 'cancelled'],
      [2, 'failed'],
      [3, 'cancelled'],
    ]);
  });
});
