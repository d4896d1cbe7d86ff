import { type CSSProperties, useState } from 'react';
import { componentSchemas } from '../../../../src-shared/chatkit/index.ts';
import { fill } from '../../i18n/strings.ts';
import { useStrings } from '../context.ts';
import { Icon } from '../Icon.tsx';
import { useImageTarget } from '../image-target.ts';
import { margin, radius, sizes } from './box-style.ts';
import { cssColor, cssFlex } from './css-values.ts';
import type { PartProps } from './part.ts';
import { readProps } from './props.ts';
import { useScheme } from './scope.ts';

/** An image from an allowed host. Any other stays a note with the name of the host, and a link to follow by hand. */
export function ImagePart({ node }: PartProps) {
  const strings = useStrings();
  const scheme = useScheme();
  const [broken, setBroken] = useState<string | null>(null);
  const props = readProps(componentSchemas.Image, node);
  const target = useImageTarget(props?.src);
  if (props === null) return null;
  const box: CSSProperties = {
    ...sizes(props),
    ...margin(props.margin),
    flex: cssFlex(props.flex),
    borderRadius: radius(props.radius),
    background: cssColor(props.background, 'background', scheme),
  };
  const marks = { 'data-frame': props.frame || undefined, 'data-flush': props.flush || undefined };
  if (target.kind === 'show' && broken !== target.src) {
    return (
      <img
        className="ckw-image"
        {...marks}
        src={target.src}
        alt={props.alt ?? ''}
        loading="lazy"
        referrerPolicy="no-referrer"
        style={{ ...box, objectFit: props.fit ?? 'cover', objectPosition: props.position ?? undefined }}
        onError={() => setBroken(target.src)}
      />
    );
  }
  const text =
    target.kind === 'link'
      ? fill(strings.widgetImageBlocked, { host: new URL(target.href).host })
      : strings.widgetImageBroken;
  const label = props.alt == null || props.alt === '' ? text : `${props.alt}. ${text}`;
  const inside = <Icon name="images" size={20} />;
  return target.kind === 'link' ? (
    <a
      className="ckw-image-note"
      {...marks}
      style={box}
      href={target.href}
      target="_blank"
      rel="noopener noreferrer"
      title={label}
      aria-label={label}
    >
      {inside}
      <span>{text}</span>
    </a>
  ) : (
    <span className="ckw-image-note" {...marks} style={box} role="img" aria-label={label} title={label}>
      {inside}
      <span>{text}</span>
    </span>
  );
}
