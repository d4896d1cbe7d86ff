/** A Chromium of the system, or undefined where there is none. */
export function systemBrowser(kind: 'quick' | 'usual'): string | undefined;
