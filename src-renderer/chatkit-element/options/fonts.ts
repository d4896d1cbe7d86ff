import type { ResolvedTheme } from './resolve.ts';

type FontSource = NonNullable<NonNullable<ResolvedTheme['typography']>['fontSources']>[number];

/**
 * Loads the theme's web fonts. `@font-face` inside a shadow root is ignored by browsers, so fonts are added to the
 * document. Returns a function that removes them again; fonts that fail to load are reported to `onError`.
 */
export function addFonts(
  sources: readonly FontSource[],
  document: Document,
  onError: (error: unknown) => void,
): () => void {
  const faces = sources.flatMap((source): FontFace[] => {
    const { family, src, weight, style, display, unicodeRange } = source;
    try {
      const face = new FontFace(family, `url(${JSON.stringify(new URL(src, document.baseURI).href)})`, {
        ...(weight === undefined ? {} : { weight: String(weight) }),
        ...(style === undefined ? {} : { style }),
        ...(display === undefined ? {} : { display }),
        ...(unicodeRange === undefined ? {} : { unicodeRange }),
      });
      document.fonts.add(face);
      face.load().catch(onError);
      return [face];
    } catch (error) {
      onError(error);
      return [];
    }
  });
  return () => {
    for (const face of faces) document.fonts.delete(face);
  };
}
