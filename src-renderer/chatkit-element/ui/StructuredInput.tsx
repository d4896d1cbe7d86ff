/** The assistant's questions in place of the message box, one after the other (protocol §4.7, §2.4). */
import { useEffect, useRef, useState } from 'react';
import type { StructuredInputItem } from '../../../src-shared/chatkit/index.ts';
import { isAbort } from '../errors.ts';
import { fill } from '../i18n/strings.ts';
import type { ThreadSession } from '../session/session.ts';
import { usePage, useStrings } from './context.ts';
import { Icon } from './Icon.tsx';
import { Question } from './Question.tsx';
import { type AnswerDraft, draftOf, EMPTY_ANSWER, isAnswered, submission } from './structured-answers.ts';

interface StructuredInputProps {
  item: StructuredInputItem;
  session: ThreadSession;
  running: boolean;
}

export function StructuredInput({ item, session, running }: StructuredInputProps) {
  const { controller, announce } = usePage();
  const strings = useStrings();
  const box = useRef<HTMLElement>(null);
  const [answers, setAnswers] = useState<Readonly<Record<string, AnswerDraft>>>({});
  const [step, setStep] = useState(0);
  const [failed, setFailed] = useState(false);
  const count = item.inputs.length;
  const at = Math.min(step, count - 1);
  const question = item.inputs[at];
  const last = at === count - 1;
  const sent = useRef(false);
  useFocusOfComposer(box);
  useEffect(
    () => () => {
      // The message box is back in this place, and the control that had the focus is gone.
      if (sent.current) controller.focusComposer();
    },
    [controller],
  );
  if (question === undefined) return null;
  const draft = draftOf(answers, question.id);
  const ready = isAnswered(question, draft);

  async function send(all: Readonly<Record<string, AnswerDraft>> | 'skip') {
    if (running) return;
    setFailed(false);
    const input = all === 'skip' ? { status: 'skipped' as const, answers: {} } : submission(item.inputs, all);
    try {
      sent.current = true;
      await controller.answerQuestions(item.id, input);
    } catch (thrown) {
      sent.current = false;
      if (!isAbort(thrown)) setFailed(true);
    }
  }
  function go(to: number) {
    setStep(to);
    announce(fill(strings.questionOf, { n: to + 1, count }));
  }
  function next() {
    if (!ready) {
      // Only the words of the own answer are missing.
      if (draft.other) box.current?.querySelector<HTMLElement>('.ck-question-own')?.focus();
    } else if (last) send(answers).catch(() => {});
    else go(at + 1);
  }
  function skip() {
    const without = { ...answers, [question?.id ?? '']: EMPTY_ANSWER };
    setAnswers(without);
    const some = item.inputs.some((each) => isAnswered(each, draftOf(without, each.id)));
    if (last) send(some ? without : 'skip').catch(() => {});
    else go(at + 1);
  }

  return (
    <section className="ck-composer ck-questions-box" ref={box} aria-label={strings.questionPending}>
      <div className="ck-questions-head">
        <span className="ck-muted">
          {count > 1 ? fill(strings.questionOf, { n: at + 1, count }) : strings.questionPending}
        </span>
        <button
          type="button"
          className="ck-link"
          disabled={running}
          onClick={() => send('skip').catch(() => {})}
        >
          {count > 1 ? strings.questionSkipAll : strings.questionSkip}
        </button>
      </div>
      <Question
        key={question.id}
        question={question}
        draft={draft}
        disabled={running}
        onChange={(change) => setAnswers({ ...answers, [question.id]: { ...draft, ...change } })}
        onEnter={next}
      />
      {failed && (
        <p className="ck-questions-failed" role="alert">
          <Icon name="warning" size={16} />
          <span>{strings.questionFailed}</span>
        </p>
      )}
      <div className="ck-questions-foot">
        {at > 0 && (
          <button type="button" className="ck-button" disabled={running} onClick={() => go(at - 1)}>
            {strings.questionBack}
          </button>
        )}
        <span className="ck-questions-gap" />
        {running ? (
          <button type="button" className="ck-button" onClick={() => session.stop()}>
            <Icon name="stop" size={16} />
            {strings.stop}
          </button>
        ) : (
          <>
            {count > 1 && (
              <button type="button" className="ck-button" onClick={skip}>
                {strings.questionSkip}
              </button>
            )}
            <button
              type="button"
              className="ck-button ck-button--main"
              aria-disabled={!ready || undefined}
              onClick={next}
            >
              {last ? strings.questionSend : strings.questionNext}
            </button>
          </>
        )}
      </div>
    </section>
  );
}

/** The element that has the focus, also inside of a shadow root. */
function focused(): Element | null {
  const { activeElement } = document;
  return activeElement?.shadowRoot?.activeElement ?? activeElement;
}

/** Takes the focus over from the message box in whose place the questions stand; from nothing else. */
function useFocusOfComposer(box: React.RefObject<HTMLElement | null>) {
  const [had] = useState(() => focused()?.closest('.ck-composer') != null);
  useEffect(() => {
    if (!had || focused() !== document.body) return;
    box.current?.querySelector<HTMLElement>('input, textarea')?.focus({ preventScroll: true });
  }, [box, had]);
}
