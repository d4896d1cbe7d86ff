import { memo, type ReactNode, useEffect, useRef, useState } from 'react';
import type { ThreadItem } from '../../../src-shared/chatkit/index.ts';
import { toChatKitError } from '../errors.ts';
import type { TurnStage } from '../session/session-state.ts';
import { answerText } from '../state/answer-text.ts';
import type { Progress } from '../state/transcript.ts';
import type { Turn } from '../state/turns.ts';
import { sameTurn } from '../state/turns.ts';
import { Boundary } from './Boundary.tsx';
import { CopyButton } from './CopyButton.tsx';
import { richTextOf } from './clipboard.ts';
import { usePage, useStore, useStrings } from './context.ts';
import { Icon } from './Icon.tsx';
import { IconButton } from './IconButton.tsx';
import { ItemView } from './items/ItemView.tsx';
import { UserMessage } from './items/UserMessage.tsx';

interface TurnViewProps {
  turn: Turn;
  /** Stands after the last turn, within the room reserved for it; null for other turns. */
  tail: ReactNode;
  /** `waiting`: nothing of the answer has come. */
  running: false | TurnStage;
  /** Ids of items that are announced and not done. The same set object unless it changed. */
  open: ReadonlySet<string>;
  imageProgress: Readonly<Record<string, number>>;
  progress: Progress | null;
  /** The message has not reached the server yet. */
  pending: boolean;
  feedback: 'positive' | 'negative' | undefined;
  /** Fills the window, so that a fresh question can stand at its top. */
  tall: boolean;
}

/** A question and everything that answers it. Finished turns do not render again while another one streams. */
export const TurnView = memo(function TurnView(props: TurnViewProps) {
  const { controller } = usePage();
  const strings = useStrings();
  const { turn, running, progress } = props;
  const shown = turn.items.filter((item) => item.type !== 'end_of_turn');
  const report = (error: unknown) =>
    controller.emit('chatkit.error', { error: toChatKitError(error, 'protocol') });
  const hasResponse = shown.length > 0 || running !== false;
  return (
    <section className={props.tall ? 'ck-turn ck-turn--tall' : 'ck-turn'} data-turn={turn.key}>
      {turn.user !== null && <UserMessage item={turn.user} pending={props.pending} />}
      {hasResponse && (
        <article className="ck-response" aria-label={strings.assistant} aria-busy={running !== false}>
          {shown.map((item) => (
            <Boundary
              key={item.id}
              fallback={() => <p className="ck-muted">{strings.itemFailed}</p>}
              onError={report}
            >
              <ItemView
                item={item}
                open={running !== false && props.open.has(item.id)}
                running={running !== false}
                progress={props.imageProgress[item.id]}
              />
            </Boundary>
          ))}
          {running !== false && <Activity stage={running} progress={progress} shown={shown} />}
          {running === false && <Toolbar {...props} />}
        </article>
      )}
      {props.tail}
    </section>
  );
}, sameProps);

function sameProps(a: TurnViewProps, b: TurnViewProps): boolean {
  return (
    sameTurn(a.turn, b.turn) &&
    a.running === b.running &&
    a.tail === b.tail &&
    a.tall === b.tall &&
    a.pending === b.pending &&
    a.feedback === b.feedback &&
    (b.running === false ||
      (a.open === b.open && a.imageProgress === b.imageProgress && a.progress === b.progress))
  );
}

interface ActivityProps {
  stage: TurnStage;
  progress: Progress | null;
  shown: readonly ThreadItem[];
}

/** Text that has not grown for so long, in milliseconds, is followed by a sign that more is to come. */
const LULL_MS = 2_000;

/** What is going on right now: the server's own words, or a placeholder before the first one. */
function Activity({ stage, progress, shown }: ActivityProps) {
  const strings = useStrings();
  const quiet = useLull(shown.at(-1));
  if (stage === 'lost') return <p className="ck-step ck-shimmer">{strings.reconnecting}</p>;
  if (progress !== null) {
    return (
      <p className="ck-step">
        {progress.icon !== null && <Icon name={progress.icon} size={16} />}
        <span className="ck-shimmer">{progress.text}</span>
      </p>
    );
  }
  if (stage === 'tool') return <p className="ck-step ck-shimmer">{strings.runningTool}</p>;
  if (stage === 'waiting' || shown.length === 0 || quiet) {
    return (
      <p className="ck-waiting" data-testid="waiting">
        <span className="ck-hidden">{strings.responding}</span>
        <i />
        <i />
        <i />
      </p>
    );
  }
  return null;
}

/** Whether the text that an answer ends with has stood still for a while. */
function useLull(last: ThreadItem | undefined): boolean {
  const [still, setStill] = useState<ThreadItem | null>(null);
  useEffect(() => {
    if (last?.type !== 'assistant_message') return;
    const timer = setTimeout(() => setStill(last), LULL_MS);
    return () => clearTimeout(timer);
  }, [last]);
  return still !== null && still === last;
}

function Toolbar({ turn, tail, feedback }: TurnViewProps) {
  const { controller, announce } = usePage();
  const strings = useStrings();
  const bar = useRef<HTMLDivElement>(null);
  const { options, session } = useStore(controller.app);
  const { threadItemActions } = options;
  const source = answerText(turn.items);
  const { user } = turn;

  async function rate(kind: 'positive' | 'negative') {
    try {
      await session.feedback(
        turn.key,
        turn.items.map(({ id }) => id),
        kind,
      );
    } catch {
      announce(strings.feedbackFailed);
    }
  }

  return (
    <div className={tail !== null ? 'ck-toolbar ck-toolbar--kept' : 'ck-toolbar'} ref={bar}>
      {source.trim() !== '' && (
        <CopyButton
          label={strings.copy}
          text={() => source}
          html={() => richTextOf(bar.current?.parentElement?.querySelectorAll('.ck-assistant .ck-md') ?? [])}
        />
      )}
      {threadItemActions?.feedback === true && turn.items.length > 0 && (
        <>
          <IconButton
            icon="thumb-up"
            label={strings.goodResponse}
            size={16}
            className="ck-small"
            aria-pressed={feedback === 'positive'}
            onClick={() => rate('positive')}
          />
          <IconButton
            icon="thumb-down"
            label={strings.badResponse}
            size={16}
            className="ck-small"
            aria-pressed={feedback === 'negative'}
            onClick={() => rate('negative')}
          />
        </>
      )}
      {threadItemActions?.retry === true && user !== null && (
        <IconButton
          icon="reload"
          label={strings.retry}
          size={16}
          className="ck-small"
          onClick={() => session.retry(user.id).catch(() => {})}
        />
      )}
    </div>
  );
}
