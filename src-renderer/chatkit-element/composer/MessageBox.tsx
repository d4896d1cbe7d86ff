import { type ComponentType, useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react';
import { usePage } from '../ui/context.ts';
import type { BoxHandle, BoxProps } from './box.ts';
import { PlainBox } from './PlainBox.tsx';

type Box = ComponentType<BoxProps>;

interface MessageBoxProps extends Omit<BoxProps, 'onComposition'> {
  /** True where tags can come up: the editor that draws them is then loaded. */
  rich: boolean;
}

/**
 * The box a message is written in. Begins as a plain text area; where tags can come up, the editor for them takes its
 * place once it is loaded and no input method is at work, with text, caret and focus as they were. Where it cannot be
 * loaded, the text area goes on to serve.
 */
export function MessageBox({ rich, ref, ...props }: MessageBoxProps) {
  const { controller } = usePage();
  const box = useRef<BoxHandle>(null);
  const [loaded, setLoaded] = useState<{ Box: Box } | null>(null);
  const [Shown, setShown] = useState<{ Box: Box }>({ Box: PlainBox });
  const handover = useRef<{ focused: boolean; from: number; to: number } | null>(null);

  useEffect(() => {
    if (!rich || loaded !== null) return;
    let wanted = true;
    import('./rich/RichBox.tsx').then(
      ({ RichBox }) => {
        if (wanted) setLoaded({ Box: RichBox });
      },
      (error) =>
        controller.emit('chatkit.log', { name: 'composer.not_loaded', data: { message: String(error) } }),
    );
    return () => {
      wanted = false;
    };
  }, [rich, loaded, controller]);

  function swap() {
    const old = box.current;
    if (loaded === null || loaded === Shown || old === null || old.composing()) return;
    const root = old.element?.getRootNode();
    const focused = root instanceof ShadowRoot && root.activeElement === old.element;
    handover.current = { focused, ...old.selection() };
    setShown(loaded);
  }
  useEffect(swap);
  useLayoutEffect(() => {
    const left = handover.current;
    if (left === null || Shown.Box === PlainBox) return;
    handover.current = null;
    if (!left.focused) return;
    box.current?.focus();
    box.current?.select(left.from, left.to);
  }, [Shown]);

  useImperativeHandle(
    ref,
    () => ({
      get element() {
        return box.current?.element ?? null;
      },
      focus: () => box.current?.focus(),
      selection: () => box.current?.selection() ?? { from: 0, to: 0 },
      select: (from, to) => box.current?.select(from, to),
      replace: (from, to, content) => box.current?.replace(from, to, content),
      composing: () => box.current?.composing() ?? false,
    }),
    [],
  );
  return <Shown.Box {...props} ref={box} onComposition={swap} />;
}
