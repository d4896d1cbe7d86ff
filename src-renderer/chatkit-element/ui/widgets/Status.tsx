import type { z } from 'zod';
import type { componentSchemas } from '../../../../src-shared/chatkit/index.ts';
import { Icon } from '../Icon.tsx';
import { useImageTarget } from '../image-target.ts';

type StatusProps = NonNullable<z.output<typeof componentSchemas.Card>['status']>;

/** The line at the top of a card or list, with an icon or the favicon of where it comes from. */
export function Status({ status }: { status: StatusProps }) {
  const favicon = 'favicon' in status ? (status.favicon ?? undefined) : undefined;
  const target = useImageTarget(favicon);
  const frame = 'frame' in status && status.frame === true;
  return (
    <p className="ckw-status">
      {'icon' in status && <Icon name={status.icon} size={16} />}
      {favicon !== undefined &&
        (target.kind === 'show' ? (
          <img src={target.src} alt="" data-frame={frame || undefined} referrerPolicy="no-referrer" />
        ) : (
          <Icon name="globe" size={16} />
        ))}
      <span dir="auto">{status.text}</span>
    </p>
  );
}
