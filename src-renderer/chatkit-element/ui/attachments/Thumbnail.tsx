import { useEffect, useState } from 'react';
import { Icon } from '../Icon.tsx';
import { useImageTarget } from '../image-target.ts';

interface ThumbnailProps {
  /** The picture as it lies on this page. */
  local: File | null;
  /** Where the server says it is; loaded only from places that pictures may come from. */
  preview: string | undefined;
  image: boolean;
}

/** The picture of an attachment, or the drawing of a file where there is none to show. */
export function Thumbnail({ local, preview, image }: ThumbnailProps) {
  return <Picture src={useImageSource(local, preview)} image={image} />;
}

/** The same for an address that is known to be allowed. */
export function Picture({ src, image, alt = '' }: { src: string | null; image: boolean; alt?: string }) {
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

/** The address to load a picture from, or null. One that is made here lasts as long as the picture is shown. */
export function useImageSource(local: File | null, preview: string | undefined): string | null {
  const target = useImageTarget(preview);
  const [made, setMade] = useState<string | null>(null);
  useEffect(() => {
    if (local === null) return;
    const url = URL.createObjectURL(local);
    setMade(url);
    return () => {
      setMade(null);
      URL.revokeObjectURL(url);
    };
  }, [local]);
  if (local !== null) return made;
  return target.kind === 'show' ? target.src : null;
}
