/** What stands behind the page until it paints: the background of the pages' own two themes, so that nothing flashes. */
export const PAPER = { light: '#faf7f2', dark: '#161311' } as const;
