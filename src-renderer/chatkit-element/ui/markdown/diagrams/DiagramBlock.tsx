import { type ReactNode, useContext, useEffect, useRef, useState } from 'react';
import type { Drawing } from '../../../diagrams/diagrams.ts';
import { useFacts, usePage, useStrings } from '../../context.ts';
import { IconButton } from '../../IconButton.tsx';
import { ImageDialog } from '../../ImageDialog.tsx';
import { SCROLLABLE } from '../../scrollable.ts';
import { CodeBlock, GrowingBlock } from '../code/CodeBlock.tsx';
import { CodeHead } from '../code/CodeHead.tsx';
import { whenNear } from '../near.ts';

type Drawn = Extract<Drawing, { kind: 'drawn' }>;

/** A diagram in the place of its code: the code while it streams, while it is drawn, and where it cannot be. */
export function DiagramBlock({ code }: { code: string }) {
  const strings = useStrings();
  const place = useRef<HTMLDivElement>(null);
  const [showsCode, setShowsCode] = useState(false);
  const growing = useContext(GrowingBlock);
  const drawing = useDrawing(code, place, growing);
  const toggle = (
    <IconButton
      icon={showsCode ? 'square-image' : 'square-code'}
      label={showsCode ? strings.showDiagram : strings.showDiagramCode}
      size={16}
      className="ck-small"
      onClick={() => setShowsCode(!showsCode)}
    />
  );
  return (
    <div ref={place} className="ck-diagram">
      {drawing?.kind === 'drawn' && !showsCode ? (
        <DrawnDiagram code={code} drawing={drawing} toggle={toggle} />
      ) : (
        <CodeBlock code={code} language="mermaid" tools={drawing?.kind === 'drawn' ? toggle : null} />
      )}
      {drawing !== null && drawing.kind !== 'drawn' && <Failure drawing={drawing} />}
    </div>
  );
}

/** The drawing, once the block is complete and near to what is seen. */
function useDrawing(
  code: string,
  place: { readonly current: HTMLElement | null },
  growing: boolean,
): Drawing | null {
  const { controller, diagrams } = usePage();
  const { scheme } = useFacts(controller.app, ({ options }) => ({ scheme: options.theme.colorScheme }));
  const [drawing, setDrawing] = useState<{ code: string; drawing: Drawing } | null>(null);
  useEffect(() => {
    const element = place.current;
    if (growing || element === null) return;
    const abort = new AbortController();
    const draw = async () => {
      const drawn = await diagrams.draw(code, scheme, element, abort.signal);
      if (!abort.signal.aborted) setDrawing({ code, drawing: drawn });
    };
    const cancel = whenNear(element, () => void draw());
    return () => {
      cancel();
      abort.abort();
    };
  }, [code, scheme, growing, diagrams, place]);
  return drawing?.code === code ? drawing.drawing : null;
}

function DrawnDiagram({ code, drawing, toggle }: { code: string; drawing: Drawn; toggle: ReactNode }) {
  const strings = useStrings();
  const [isLarge, setIsLarge] = useState(false);
  const src = useImage(drawing.svg);
  const name = drawing.title ?? strings.diagram;
  return (
    <figure className="ck-code">
      <CodeHead title={<span dir="auto">{name}</span>} code={code}>
        {toggle}
        <IconButton
          icon="expand-large"
          label={strings.enlargeDiagram}
          size={16}
          className="ck-small"
          aria-haspopup="dialog"
          onClick={() => setIsLarge(true)}
        />
      </CodeHead>
      <section className="ck-diagram-body" aria-label={name} {...SCROLLABLE}>
        {src !== null && (
          <img
            src={src}
            width={drawing.width}
            height={drawing.height}
            alt={drawing.description ?? strings.diagramHasCode}
          />
        )}
      </section>
      {isLarge && src !== null && (
        <ImageDialog src={src} name={name} drawn={drawing} onClose={() => setIsLarge(false)} />
      )}
    </figure>
  );
}

/** An address for a picture while it is shown. In an image no script runs, and nothing else is loaded. */
function useImage(svg: string): string | null {
  const [src, setSrc] = useState<string | null>(null);
  useEffect(() => {
    const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
    setSrc(address);
    return () => URL.revokeObjectURL(address);
  }, [svg]);
  return src;
}

function Failure({ drawing }: { drawing: Exclude<Drawing, Drawn> }) {
  const strings = useStrings();
  const text = {
    failed: strings.diagramFailed,
    'too-slow': strings.diagramTooSlow,
    unavailable: strings.diagramUnavailable,
  }[drawing.kind];
  return (
    <div className="ck-diagram-note">
      <p>{text}</p>
      {drawing.kind === 'failed' && (
        <details>
          <summary>{strings.details}</summary>
          <pre dir="ltr" {...SCROLLABLE}>
            {drawing.reason}
          </pre>
        </details>
      )}
    </div>
  );
}
