import { useEffect, useState } from 'react';
import { copyToClipboard } from './clipboard.ts';
import { usePage, useStrings } from './context.ts';
import { IconButton } from './IconButton.tsx';

/** How long a copy button shows its result, in milliseconds. */
const RESULT_MS = 2000;

interface CopyButtonProps {
  label: string;
  text(): string;
  html?(): string;
}

export function CopyButton({ label, text, html }: CopyButtonProps) {
  const strings = useStrings();
  const { announce } = usePage();
  const [result, setResult] = useState<'none' | 'copied' | 'failed'>('none');

  useEffect(() => {
    if (result === 'none') return;
    const timer = setTimeout(() => setResult('none'), RESULT_MS);
    return () => clearTimeout(timer);
  }, [result]);

  async function copy() {
    const worked = await copyToClipboard(text(), html?.());
    setResult(worked ? 'copied' : 'failed');
    announce(worked ? strings.copied : strings.copyFailed);
  }

  const shown = {
    none: { icon: 'copy', name: label },
    copied: { icon: 'check', name: strings.copied },
    failed: { icon: 'warning', name: strings.copyFailed },
  }[result];
  return <IconButton icon={shown.icon} label={shown.name} size={16} className="ck-small" onClick={copy} />;
}
