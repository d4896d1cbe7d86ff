import { memo, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { fill } from '../i18n/strings.ts';
import { mayEdit } from '../session/editing.ts';
import type { ThreadSession } from '../session/session.ts';
import type { SessionState } from '../session/session-state.ts';
import { APART_MS } from '../state/frame.ts';
import { countSince, groupTurns, lastMessage, type Turn } from '../state/turns.ts';
import { usePage, useStore, useStrings } from './context.ts';
import { Icon } from './Icon.tsx';
import { ImageDomains } from './image-target.ts';
import { OutOfSight, UNSEEN_MS } from './items/smooth-text.ts';
import { FailureNote, UnansweredNote } from './Notes.tsx';
import { NoticeNote } from './NoticeNote.tsx';
import { pointOut } from './point-out.ts';
import { QuoteButton } from './quote/QuoteButton.tsx';
import { ScrollKeeper } from './scroll-keeper.ts';
import { SCROLLABLE } from './scrollable.ts';
import { TurnView } from './TurnView.tsx';

const NO_DOMAINS: readonly string[] = [];

/** The conversation. Mounted anew for every thread, so that scroll starts at the end of each. */
export function Transcript({ session, state }: { session: ThreadSession; state: SessionState }) {
  const { controller } = usePage();
  const strings = useStrings();
  const { transcript, turn, older } = state;
  const turns = useMemo(() => groupTurns(transcript), [transcript]);
  const [keeper] = useState(() => new ScrollKeeper());
  const away = useStore(keeper.away);
  const reached = useStore(keeper.reached);
  const box = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const end = useRef<HTMLDivElement>(null);
  const running = turn.kind === 'running';
  // A turn that already runs when the thread comes on screen is brought into view like a new one.
  const known = useRef(running ? state.turnsStarted - 1 : state.turnsStarted);
  const autoScroll = controller.options.thread?.autoScroll ?? false;
  const firstItem = transcript.items[0]?.id;

  useLayoutEffect(() => {
    if (box.current === null || content.current === null) return;
    const parts = { box: box.current, content: content.current, end: () => end.current };
    const { places } = controller;
    const { threadId, turn: now } = session.state.getSnapshot();
    const left = now.kind === 'running' ? null : places.get(threadId);
    const detach = keeper.attach(parts, known.current, left);
    return () => {
      detach();
      const { threadId: id, transcript: shown } = session.state.getSnapshot();
      const place = keeper.place();
      const index = shown.items.findIndex((item) => item.id === place?.item);
      places.set(id, place === null || index < 0 ? null : { ...place, toEnd: shown.items.length - index });
    };
  }, [keeper, controller, session]);
  useLayoutEffect(() => {
    keeper.setRules({
      autoScroll,
      running,
      onNearStart: () => {
        if (session.state.getSnapshot().older.kind === 'more') session.loadOlder();
      },
    });
  }, [keeper, session, autoScroll, running]);
  useLayoutEffect(() => {
    session.apart = away ? UNSEEN_MS : APART_MS;
  }, [session, away]);
  const { turnsStarted, startedByItself } = state;
  const lastKey = turns.at(-1)?.key;
  const tallTurn = turnsStarted > 0 && !autoScroll ? lastKey : undefined;
  useLayoutEffect(() => keeper.setTall(tallTurn), [keeper, tallTurn]);
  useLayoutEffect(() => keeper.itemsChanged(firstItem), [keeper, firstItem]);
  useLayoutEffect(
    () => keeper.turnStarted(turnsStarted, startedByItself),
    [keeper, turnsStarted, startedByItself],
  );

  const { sought } = state;
  useLayoutEffect(() => {
    if (sought === null) return;
    pointOut(keeper.show(sought.itemId));
    session.settleSought();
  }, [keeper, session, sought]);

  const last = lastMessage(transcript);
  const seen = useRef(last);
  useLayoutEffect(() => {
    // Looked for once more: the last item may be another one than it was when that was found.
    if (reached && keeper.look()) seen.current = last;
  }, [keeper, reached, last]);
  const unseen = reached || seen.current === undefined ? 0 : countSince(transcript, seen.current);

  // A window taller than the first page never scrolls: look for older items once the page stands.
  useEffect(() => {
    if (older.kind === 'more' && firstItem !== undefined) keeper.scrolled();
  }, [keeper, older.kind, firstItem]);

  const { notices } = transcript;
  // A message that could not be sent again says so itself, where it is on screen.
  const edited = controller.editing.get(state.threadId)?.itemId;
  const isInPlace = state.failure?.kept === 'edit' && transcript.items.some(({ id }) => id === edited);
  const failure = isInPlace ? null : state.failure;
  const unanswered =
    controller.options.threadItemActions?.retry === true ? unansweredMessage(state, turns) : null;
  const tail = useMemo(
    () => (
      <>
        {notices.map((notice) => (
          <NoticeNote key={notice.key} notice={notice} onDismiss={() => session.dismissNotice(notice.key)} />
        ))}
        {failure !== null && <FailureNote failure={failure} session={session} />}
        {unanswered !== null && <UnansweredNote messageId={unanswered} session={session} />}
        <div ref={end} className="ck-end" />
      </>
    ),
    [notices, failure, unanswered, session],
  );
  return (
    <div className="ck-transcript">
      <div className="ck-scroll" ref={box} onScroll={() => keeper.scrolled()} {...SCROLLABLE}>
        <ImageDomains value={transcript.thread?.allowed_image_domains ?? NO_DOMAINS}>
          <div
            className="ck-column"
            ref={content}
            role="log"
            aria-live="off"
            aria-label={strings.conversation}
            data-editable={mayEdit(state) || undefined}
          >
            <OlderNote session={session} state={state} />
            <OutOfSight value={away}>
              {turns.map((each) => (
                <TurnView
                  key={each.key}
                  turn={each}
                  tail={each.key === lastKey ? tail : null}
                  running={running && each.key === lastKey ? turn.stage : false}
                  open={transcript.open}
                  imageProgress={transcript.imageProgress}
                  progress={transcript.progress}
                  pending={each.user !== null && each.user.id === transcript.unconfirmed}
                  feedback={state.feedback[each.key]}
                  tall={each.key === tallTurn}
                />
              ))}
            </OutOfSight>
            {turns.length === 0 && tail}
          </div>
        </ImageDomains>
      </div>
      <QuoteButton content={content} />
      {away && <JumpToLatest unseen={unseen} keeper={keeper} />}
    </div>
  );
}

/** The last message when nothing answers it, and nothing is on its way or says why; else null. */
function unansweredMessage(state: SessionState, turns: readonly Turn[]): string | null {
  const { turn, failure, transcript } = state;
  const last = turns.at(-1);
  const isOpen = (transcript.thread?.status ?? { type: 'active' }).type === 'active';
  if (!isOpen || turn.kind === 'running' || failure !== null || transcript.unconfirmed !== null) return null;
  return last === undefined || last.items.some(({ type }) => type !== 'end_of_turn')
    ? null
    : (last.user?.id ?? null);
}

/** The way to the end, and how much has come there since it was last in sight. */
const JumpToLatest = memo(function JumpToLatest({
  unseen,
  keeper,
}: {
  unseen: number;
  keeper: ScrollKeeper;
}) {
  const { language } = usePage();
  const { strings, locale } = language;
  const count = new Intl.NumberFormat(locale).format(unseen);
  return (
    <div className="ck-jump-place">
      <button type="button" className="ck-jump" onClick={() => keeper.jump()}>
        <Icon name="arrow-down" size={16} />
        {strings.jumpToLatest}
        {unseen > 0 && <span className="ck-jump-count">{fill(strings.unseen, { n: count })}</span>}
      </button>
    </div>
  );
});

function OlderNote({ session, state }: { session: ThreadSession; state: SessionState }) {
  const strings = useStrings();
  if (state.older.kind === 'loading') return <p className="ck-older">{strings.loadingOlder}</p>;
  if (state.older.kind === 'failed') {
    return (
      <p className="ck-older">
        {strings.loadOlderFailed}{' '}
        <button type="button" className="ck-link" onClick={() => session.loadOlder()}>
          {strings.retry}
        </button>
      </p>
    );
  }
  return null;
}
