import { useEffect, useRef, useSyncExternalStore } from 'react';
import { usePage, useStrings } from './context.ts';
import { Icon } from './Icon.tsx';

/**
 * Says that the computer has no network. Sending stays possible: the server, and models too, may be on this computer.
 */
export function OfflineNote() {
  const { announce } = usePage();
  const strings = useStrings();
  const offline = useSyncExternalStore(watchConnection, isOffline);
  const known = useRef(offline);
  useEffect(() => {
    if (known.current === offline) return;
    known.current = offline;
    announce(offline ? strings.offline : strings.onlineAgain);
  }, [offline, announce, strings]);
  if (!offline) return null;
  return (
    <p className="ck-offline">
      <Icon name="warning" size={16} />
      <span>{strings.offline}</span>
    </p>
  );
}

function isOffline(): boolean {
  return globalThis.navigator?.onLine === false;
}

function watchConnection(changed: () => void): () => void {
  addEventListener('online', changed);
  addEventListener('offline', changed);
  return () => {
    removeEventListener('online', changed);
    removeEventListener('offline', changed);
  };
}
