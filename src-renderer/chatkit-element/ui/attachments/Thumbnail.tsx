import { useState } from 'react';
import { Icon } from '../Icon.tsx';
import { useImageTarget } from '../image-target.ts';

interface ThumbnailProps {
  /** The picture as it lies on this page. */
  local: string | null;
  /** Where the server says it is; loaded only from places that pictures may come from. */
  preview: string | undefined;
  image: boolean;
  alt?: string;
}

/** The picture of an attachment, or the drawing of a file where there is none to show. */
export function Thumbnail({ local, preview, image, alt = '' }: ThumbnailProps) {
  const src = useImageSource(local, preview);
  const [broken, setBroken] = useState<string | null>(null);
  if (src === null || src === broken) {
    return (
      <span className="ck-file-icon">
        <Icon name={image ? 'square-image' : 'document'} size={20} />
        {alt !== '' && <span className="ck-hidden">{alt}</span>}
      </span>
    );
  }
  return <img className="ck-thumb" src={src} alt={alt} onError={() => setBroken(src)} />;
}

/** The address to load a picture from, or null. */
export function useImageSource(local: string | null, preview: string | undefined): string | null {
  const target = useImageTarget(preview);
  if (local !== null) return local;
  return target.kind === 'show' ? target.src : null;
}
