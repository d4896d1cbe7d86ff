import { useEffect, useRef } from 'react';
import { useServices } from '../services.tsx';
import { isWaiting } from '../session/session.ts';

/** Does something when the page is shown again after it had to wait behind a question of Foyer's. */
export function useComeBack(work: () => void): void {
  const { session } = useServices();
  const latest = useRef(work);
  useEffect(() => {
    latest.current = work;
  });
  useEffect(() => {
    let waited = isWaiting(session.get());
    return session.subscribe(() => {
      const now = session.get();
      const isBack = waited && now.kind === 'signed-in' && !isWaiting(now);
      waited = isWaiting(now);
      if (isBack) latest.current();
    });
  }, [session]);
}
