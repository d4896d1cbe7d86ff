/** Watches a page from now on: everything that goes wrong in it, uncaught, unhandled or written to the console. */
export function watchErrors(): string[] {
  const errors: string[] = [];
  window.addEventListener('error', (event) => errors.push(event.message));
  window.addEventListener('unhandledrejection', (event) => errors.push(String(event.reason)));
  const report = console.error;
  console.error = (...words) => {
    errors.push(words.map(String).join(' '));
    report(...words);
  };
  return errors;
}
