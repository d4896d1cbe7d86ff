import type { Entity } from '@openai/chatkit';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { usePage, useStore } from '../context.ts';
import { EntityPreview } from './EntityPreview.tsx';

interface EntityLinkProps {
  entity: Entity;
  interactive: boolean;
  /** How it looks where it can be used, and where it cannot. */
  className: string;
  plainClassName?: string;
  /** What it is called where what it shows does not say enough. */
  label?: string;
  children: ReactNode;
}

/** How long the pointer rests before the preview opens, and is away before it closes, in milliseconds. */
const OPEN_AFTER = 350;
const CLOSE_AFTER = 200;

/**
 * Something that was mentioned. Where the host takes clicks or shows previews it is a button; the preview opens while
 * the pointer rests on it or the keyboard is there, can be pointed at itself, and closes with Escape.
 */
export function EntityLink(props: EntityLinkProps) {
  const { entity, interactive, className, plainClassName, label, children } = props;
  const { controller } = usePage();
  const { entities } = useStore(controller.app).options;
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [open, setOpen] = useState(false);
  const previews = entities?.onRequestPreview !== undefined;
  useEffect(() => () => clearTimeout(timer.current), []);

  if (!interactive || (entities?.onClick === undefined && !previews)) {
    return (
      <span className={plainClassName} title={label}>
        {children}
      </span>
    );
  }
  function plan(next: boolean, after: number) {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setOpen(next), after);
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Escape' || !open) return;
    event.preventDefault();
    clearTimeout(timer.current);
    setOpen(false);
  }
  const hover = previews
    ? { onPointerEnter: () => plan(true, OPEN_AFTER), onPointerLeave: () => plan(false, CLOSE_AFTER) }
    : {};
  return (
    <>
      <button
        ref={button}
        type="button"
        className={className}
        aria-label={label}
        aria-describedby={open ? id : undefined}
        onClick={() => {
          const handler = controller.options.entities?.onClick;
          if (handler !== undefined) handler(entity);
          // Touch has no hovering.
          else plan(true, 0);
        }}
        onFocus={({ currentTarget }) => {
          if (previews && currentTarget.matches(':focus-visible')) plan(true, 0);
        }}
        onBlur={() => plan(false, 0)}
        onKeyDown={onKeyDown}
        {...hover}
      >
        {children}
      </button>
      {open && (
        <EntityPreview id={id} entity={entity} anchor={button} onClose={() => setOpen(false)} {...hover} />
      )}
    </>
  );
}
