import { useCallback, useEffect, useState } from 'react';

/** A wait that is running out. */
export interface Countdown {
  /** Whole seconds; 0 when there is nothing to wait for. */
  readonly left: number;
  start(seconds: number): void;
}

/** Counts down from the seconds it is started with, by the clock, so that a sleeping machine does not stop it. */
export function useCountdown(): Countdown {
  const [until, setUntil] = useState<number | null>(null);
  const [left, setLeft] = useState(0);
  useEffect(() => {
    if (until === null) return;
    const timer = setInterval(() => {
      const seconds = Math.max(0, Math.ceil((until - Date.now()) / 1000));
      setLeft(seconds);
      if (seconds === 0) setUntil(null);
    }, 250);
    return () => clearInterval(timer);
  }, [until]);
  const start = useCallback((seconds: number) => {
    setLeft(seconds);
    setUntil(Date.now() + seconds * 1000);
  }, []);
  return { left, start };
}

/** As people read it on a clock: `0:05`, `12:30`. */
export function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
