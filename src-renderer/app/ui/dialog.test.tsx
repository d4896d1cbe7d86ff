import { act, useState } from 'react';
import { describe, expect, it } from 'vitest';
import { click, find, render } from '../testing/render.tsx';
import { Dialog } from './dialog.tsx';

function Page({ locked = false }: { locked?: boolean }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" id="opener" onClick={() => setOpen(true)}>
        Open
      </button>
      {open && (
        <Dialog title="A question" locked={locked} onClose={() => setOpen(false)}>
          <button type="button" data-autofocus>
            Yes
          </button>
        </Dialog>
      )}
    </>
  );
}

async function open(locked = false) {
  await render(<Page locked={locked} />);
  find('#opener').focus();
  await click(find('#opener'));
  return find<HTMLDialogElement>('dialog');
}

const cancel = (dialog: HTMLDialogElement) =>
  act(async () => void dialog.dispatchEvent(new Event('cancel', { cancelable: true })));

describe('Dialog', () => {
  it('is modal, named by its title, and starts where it should', async () => {
    const dialog = await open();
    expect(dialog.open).toBe(true);
    expect(document.getElementById(dialog.getAttribute('aria-labelledby') ?? '')?.textContent).toBe(
      'A question',
    );
    expect(document.activeElement?.textContent).toBe('Yes');
  });

  it('closes with Escape and gives the focus back', async () => {
    await cancel(await open());
    expect(document.querySelector('dialog')).toBeNull();
    expect(document.activeElement?.id).toBe('opener');
  });

  it('closes with a click beside it, not with one inside', async () => {
    const dialog = await open();
    const press = (target: HTMLElement) =>
      act(async () => void target.dispatchEvent(new MouseEvent('mousedown', { bubbles: true })));
    await press(find('dialog h2'));
    expect(document.querySelector('dialog')).not.toBeNull();
    await press(dialog);
    expect(document.querySelector('dialog')).toBeNull();
  });

  it('stays open while an answer is awaited', async () => {
    await cancel(await open(true));
    expect(document.querySelector('dialog')).not.toBeNull();
    expect(document.querySelector('dialog [aria-label=Close]')).toBeNull();
  });
});
