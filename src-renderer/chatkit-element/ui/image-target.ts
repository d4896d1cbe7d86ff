import { createContext, useContext } from 'react';
import { imageTarget } from './markdown/urls.ts';

/** Hosts that the open thread lets images come from. */
export const ImageDomains = createContext<readonly string[]>([]);

/** What may be done with the address of an image in the open thread: show it, link to it, or nothing. */
export function useImageTarget(src: string | undefined): ReturnType<typeof imageTarget> {
  return imageTarget(src, document.baseURI, useContext(ImageDomains));
}
