import { useState } from 'react';
import { datesIn } from '../../../i18n/locale.ts';
import { useI18n } from '../../../services.tsx';
import { Button } from '../../../ui/button.tsx';
import styles from './code-sheet.module.css';

export interface CodeSheetProps {
  readonly title: string;
  /** What the codes are for, in a sentence: it is printed and saved with them. */
  readonly lead: string;
  readonly codes: readonly string[];
  readonly email: string;
  /** Name of the saved file, without ending. */
  readonly fileName: string;
}

/** Codes that are shown once: to be written down, copied, printed or saved. */
export function CodeSheet({ title, lead, codes, email, fileName }: CodeSheetProps) {
  const { t, locale } = useI18n();
  const texts = t.security.codes;
  const [copied, setCopied] = useState<'no' | 'yes' | 'failed'>('no');
  const [day] = useState(() => new Date());
  const signature = texts.printedFor(email, datesIn(locale, { dateStyle: 'long' }).format(day));
  const single = codes.length === 1;

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(codes.join('\n'));
      setCopied('yes');
    } catch {
      // Without permission they can still be selected by hand: a click selects a whole code.
      setCopied('failed');
    }
  };
  const download = () => {
    const text = [title, signature, '', ...codes, '', lead, ''].join('\r\n');
    const address = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }));
    const link = document.createElement('a');
    link.href = address;
    link.download = `${fileName}.txt`;
    link.click();
    URL.revokeObjectURL(address);
  };

  return (
    <div className={`${styles.sheet} ${single ? styles.single : ''}`} data-print-sheet="">
      <h3>{title}</h3>
      <p className={styles.printed}>{signature}</p>
      <ul className={styles.codes}>
        {codes.map((code) => (
          <li key={code} className={styles.code}>
            {single ? <Groups code={code} /> : code}
          </li>
        ))}
      </ul>
      <p className={styles.note}>{lead}</p>
      <div className={styles.buttons}>
        <Button icon={copied === 'yes' ? 'check' : 'copy'} onClick={() => void copy()}>
          {copied === 'yes' ? t.common.copied : t.common.copy}
        </Button>
        <Button icon="printer" onClick={() => window.print()}>
          {texts.print}
        </Button>
        <Button icon="save" onClick={download}>
          {texts.download}
        </Button>
      </div>
      <p role="status" className={copied === 'failed' ? styles.note : 'visually-hidden'}>
        {copied === 'yes' && t.common.copied}
        {copied === 'failed' && t.common.copyFailed}
      </p>
    </div>
  );
}

/** The groups of a code apart from each other; copied by hand they still are one code. */
function Groups({ code }: { code: string }) {
  return [...code.matchAll(/[^-]+/g)].map((group) => (
    <span key={group.index} className={styles.group}>
      {group[0]}
    </span>
  ));
}
