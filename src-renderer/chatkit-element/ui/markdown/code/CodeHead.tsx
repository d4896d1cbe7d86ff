import type { ReactNode } from 'react';
import { CopyButton } from '../../CopyButton.tsx';
import { useStrings } from '../../context.ts';

interface CodeHeadProps {
  title: ReactNode;
  /** Buttons before the one that copies. */
  children: ReactNode;
  code: string;
}

/** What stands above a block of code, or above what was drawn from it. */
export function CodeHead({ title, children, code }: CodeHeadProps) {
  const strings = useStrings();
  return (
    <div className="ck-code-head" data-ck-chrome="">
      {title}
      <span className="ck-code-tools">
        {children}
        <CopyButton label={strings.copyCode} text={() => code.replace(/\n$/, '')} />
      </span>
    </div>
  );
}
