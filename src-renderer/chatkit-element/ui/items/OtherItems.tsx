/** The kinds of item that are plain: images, client tools, questions and their answers. */
import type {
  ClientToolCallItem,
  StructuredInputItem,
  ThreadItem,
} from '../../../../src-shared/chatkit/index.ts';
import { fill } from '../../i18n/strings.ts';
import { usePage, useStrings } from '../context.ts';
import { Icon } from '../Icon.tsx';
import { useImageTarget } from '../image-target.ts';

type ImageItem = Extract<ThreadItem, { type: 'generated_image' }>;

export function GeneratedImage({
  item,
  progress,
  running,
}: {
  item: ImageItem;
  progress: number | undefined;
  running: boolean;
}) {
  const { language } = usePage();
  const { strings, locale } = language;
  const percent = new Intl.NumberFormat(locale, { style: 'percent' }).format(progress ?? 0);
  const label = progress === undefined ? strings.imageInProgress : fill(strings.imageProgress, { percent });
  const target = useImageTarget(item.image?.url);
  return (
    <figure className="ck-figure" data-item={item.id}>
      {target.kind === 'show' && <img src={target.src} alt={strings.generatedImage} />}
      {target.kind === 'link' && (
        <a href={target.href} dir="auto" target="_blank" rel="noopener noreferrer">
          {fill(strings.imageBlocked, { name: strings.generatedImage })}
        </a>
      )}
      {running && (
        <figcaption>
          <span className="ck-shimmer">{label}</span>
          {progress !== undefined && <progress value={progress} max={1} aria-label={label} />}
        </figcaption>
      )}
      {!running && target.kind === 'none' && (
        <figcaption className="ck-muted">{strings.imageMissing}</figcaption>
      )}
    </figure>
  );
}

export function ClientToolCall({ item, running }: { item: ClientToolCallItem; running: boolean }) {
  const strings = useStrings();
  const pending = item.status === 'pending' && running;
  const template = pending ? strings.clientToolPending : strings.clientToolDone;
  return (
    <p className="ck-step" data-item={item.id}>
      <Icon name={pending ? 'tool' : 'check'} size={16} />
      <span className={pending ? 'ck-shimmer' : ''}>{fill(template, { name: item.name })}</span>
    </p>
  );
}

export function StructuredInput({ item }: { item: StructuredInputItem }) {
  const strings = useStrings();
  const title = {
    pending: strings.questionPending,
    answered: strings.questionAnswered,
    skipped: strings.questionSkipped,
  }[item.status];
  return (
    <section className="ck-card" data-item={item.id}>
      <p className="ck-card-title">{title}</p>
      <dl className="ck-questions">
        {item.inputs.map((input) => (
          <div key={input.id}>
            <dt>{input.question}</dt>
            {item.status !== 'pending' && <dd>{input.answer?.values.join(', ') || strings.noAnswer}</dd>}
          </div>
        ))}
      </dl>
      {item.status === 'pending' && <p className="ck-note">{strings.questionHint}</p>}
    </section>
  );
}
