import { useEffect, useState } from 'react';
import { type Download, downloadSchema } from '../../../src-shared/desktop.ts';
import { useI18n, useServices } from '../services.tsx';
import { IconButton } from '../ui/button.tsx';
import { Icon, type IconName } from '../ui/icon.tsx';
import styles from './downloads.module.css';

/** More than the shell saves at once; older messages make room. */
const SHOWN = 4;

const ICONS: Record<Download['state'], IconName> = {
  running: 'save',
  done: 'check',
  failed: 'alert',
  cancelled: 'close',
};

/** Files that are being saved in the desktop app: how far they are, a way to stop, and how it ended. */
export function Downloads() {
  const { desktop } = useServices();
  const { t } = useI18n();
  const [downloads, setDownloads] = useState<readonly Download[]>([]);
  const remove = (id: number) => setDownloads((all) => all.filter((download) => download.id !== id));

  useEffect(
    () =>
      desktop?.onDownload((message) => {
        const told = downloadSchema.safeParse(message);
        if (told.success) setDownloads((all) => withNews(all, told.data));
      }),
    [desktop],
  );

  return (
    <section className={styles.downloads} aria-label={t.desktop.downloads} hidden={downloads.length === 0}>
      {downloads.map((download) => (
        <Card
          key={download.id}
          download={download}
          onStop={() => void desktop?.cancelDownload(download.id).catch(() => undefined)}
          onDismiss={() => remove(download.id)}
        />
      ))}
    </section>
  );
}

/** What was stopped needs no message: the person did it. */
function withNews(all: readonly Download[], news: Download): readonly Download[] {
  const others = all.filter(({ id }) => id !== news.id);
  if (news.state === 'cancelled') return others;
  const isKnown = others.length < all.length;
  const next = isKnown ? all.map((download) => (download.id === news.id ? news : download)) : [...all, news];
  return next.slice(-SHOWN);
}

interface CardProps {
  download: Download;
  onStop(): void;
  onDismiss(): void;
}

function Card({ download, onStop, onDismiss }: CardProps) {
  const { t } = useI18n();
  const { name, state, receivedBytes, totalBytes } = download;
  const share = totalBytes > 0 ? Math.min(1, receivedBytes / totalBytes) : null;
  return (
    <div className={`${styles.card} ${styles[state]}`}>
      <Icon name={ICONS[state]} />
      <div className={styles.body}>
        <p className={styles.name} role={state === 'failed' ? 'alert' : 'status'} dir="auto">
          {state === 'running' && t.desktop.saving(name)}
          {state === 'done' && t.desktop.saved(name)}
          {state === 'failed' && t.desktop.failed(name)}
        </p>
        {state === 'failed' && <p className={styles.hint}>{t.desktop.failedHint}</p>}
        {state === 'running' && (
          <progress
            className={styles.progress}
            aria-label={t.desktop.saving(name)}
            aria-valuetext={
              share === null ? t.desktop.savingUnknown : t.desktop.savingShare(Math.floor(share * 100))
            }
            {...(share === null ? {} : { value: share })}
          />
        )}
      </div>
      {state === 'running' ? (
        <IconButton icon="close" label={t.desktop.stop(name)} onClick={onStop} />
      ) : (
        <IconButton icon="close" label={t.desktop.dismiss(name)} onClick={onDismiss} />
      )}
    </div>
  );
}
