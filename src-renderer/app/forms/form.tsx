import { type ReactNode, useEffect, useRef, useState } from 'react';

export interface FormProps {
  /** Called on every attempt to send. Returns false when fields are wrong: the first wrong one then gets the focus. */
  readonly onSubmit: () => boolean;
  readonly className?: string | undefined;
  readonly id?: string;
  readonly children: ReactNode;
}

/** A form that checks its fields itself, so that messages are in the person's language and tied to the fields. */
export function Form({ onSubmit, className, id, children }: FormProps) {
  const form = useRef<HTMLFormElement>(null);
  const [refusals, setRefusals] = useState(0);

  useEffect(() => {
    if (refusals > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [refusals]);

  return (
    <form
      ref={form}
      id={id}
      className={className}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!onSubmit()) setRefusals((count) => count + 1);
      }}
    >
      {children}
    </form>
  );
}
