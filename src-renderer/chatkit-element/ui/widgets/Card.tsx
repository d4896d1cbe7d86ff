import { type ReactNode, useEffect, useState } from 'react';
import { componentSchemas } from '../../../../src-shared/chatkit/index.ts';
import { useStrings } from '../context.ts';
import { IconButton } from '../IconButton.tsx';
import { borders, padding } from './box-style.ts';
import { cssColor } from './css-values.ts';
import { FormArea } from './Layout.tsx';
import type { PartProps } from './part.ts';
import { readProps } from './props.ts';
import { Status } from './Status.tsx';
import { SchemeContext, useScheme, useWidget } from './scope.ts';

/** A card, with its status line, and its confirm and cancel buttons. Collapsed ones open at a click. */
export function Card({ node, children }: PartProps) {
  const strings = useStrings();
  const widget = useWidget();
  const outer = useScheme();
  const props = readProps(componentSchemas.Card, node);
  const collapsed = props?.collapsed === true;
  const [open, setOpen] = useState(!collapsed);
  useEffect(() => setOpen(!collapsed), [collapsed]);
  const scheme = props?.theme ?? outer;
  const { confirm, cancel, status } = props ?? {};

  const confirmFrom = (from: Element) => {
    if (confirm != null) widget.run({ action: confirm.action, auto: 'container', from, validate: true });
  };
  const body: ReactNode = (
    <>
      <div className="ckw-card-body" style={padding(props?.padding)}>
        {children}
      </div>
      {(confirm != null || cancel != null) && (
        <div className="ckw-card-foot">
          {cancel != null && (
            <button
              type="button"
              className="ckw-button"
              data-variant="outline"
              data-size="lg"
              data-tone="secondary"
              onClick={(event) =>
                widget.run({ action: cancel.action, auto: 'container', from: event.currentTarget })
              }
            >
              <span dir="auto">{cancel.label}</span>
            </button>
          )}
          {confirm != null && (
            <button
              type="button"
              className="ckw-button"
              data-variant="solid"
              data-size="lg"
              data-tone="primary"
              onClick={(event) => confirmFrom(event.currentTarget)}
            >
              <span dir="auto">{confirm.label}</span>
            </button>
          )}
        </div>
      )}
    </>
  );

  return (
    <SchemeContext value={scheme}>
      <div
        className="ckw-card"
        data-scheme={props?.theme ?? undefined}
        data-size={props?.size ?? 'md'}
        style={{
          background: cssColor(props?.background, 'background', scheme),
          ...borders(props?.border, scheme),
        }}
      >
        {(status != null || collapsed) && (
          <div className="ckw-card-head">
            {status != null && <Status status={status} />}
            {collapsed && (
              <IconButton
                icon="chevron-down"
                label={strings.details}
                size={16}
                className="ck-small"
                aria-expanded={open}
                onClick={() => setOpen(!open)}
              />
            )}
          </div>
        )}
        {open && (props?.asForm === true ? <FormArea submit={confirmFrom}>{body}</FormArea> : body)}
      </div>
    </SchemeContext>
  );
}
