import { useContext } from 'react';
import { componentSchemas } from '../../../../src-shared/chatkit/index.ts';
import { useStrings } from '../context.ts';
import { Icon } from '../Icon.tsx';
import type { PartProps } from './part.ts';
import { readProps } from './props.ts';
import { FormContext, useWidget, useWorking } from './scope.ts';
import { iconPixels } from './Texts.tsx';

/** A button: starts its action, or submits the form it stands in. While it works it stays where it is and says so. */
export function Button({ node }: PartProps) {
  const strings = useStrings();
  const widget = useWidget();
  const form = useContext(FormContext);
  const { control, working } = useWorking();
  const props = readProps(componentSchemas.Button, node);
  if (props === null) return null;
  const submits = props.submit === true && props.onClickAction == null;
  const label = props.label ?? '';
  const icon = props.iconStart ?? props.iconEnd ?? 'button';
  const pixels = iconPixels(props.iconSize ?? 'md');
  const primary = props.style === 'primary';

  function click(from: Element) {
    if (working || props === null) return;
    if (props.onClickAction != null) {
      const validate = props.submit === true;
      widget.run({ action: props.onClickAction, auto: 'self', from, validate });
    } else if (submits) form?.submit(from);
  }

  return (
    <button
      ref={control}
      type="button"
      className="ckw-button"
      data-tone={props.color ?? (primary ? 'primary' : 'secondary')}
      data-variant={props.variant ?? (primary || props.color != null ? 'solid' : 'outline')}
      data-size={props.size ?? 'lg'}
      data-pill={props.pill || undefined}
      data-uniform={props.uniform || undefined}
      data-block={props.block || undefined}
      disabled={props.disabled ?? false}
      aria-disabled={working || undefined}
      aria-busy={working || undefined}
      aria-label={label === '' ? icon : undefined}
      onClick={(event) => click(event.currentTarget)}
    >
      {working ? (
        <i className="ckw-spinner" role="img" aria-label={strings.widgetWorking} />
      ) : (
        props.iconStart != null && <Icon name={props.iconStart} size={pixels} />
      )}
      {label !== '' && <span dir="auto">{label}</span>}
      {props.iconEnd != null && <Icon name={props.iconEnd} size={pixels} />}
    </button>
  );
}
