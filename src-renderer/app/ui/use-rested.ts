import { useEffect, useState } from 'react';

/** How long typing has to rest before it is looked for, in milliseconds. */
const REST_MS = 200;

/** The value, once it has not changed for a moment. */
export function useRested(value: string): string {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), REST_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return rested;
}
