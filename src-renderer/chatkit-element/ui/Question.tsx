import { type KeyboardEvent, useId, useRef } from 'react';
import type { StructuredQuestion } from '../../../src-shared/chatkit/index.ts';
import { useStrings } from './context.ts';
import type { AnswerDraft } from './structured-answers.ts';

interface QuestionProps {
  question: StructuredQuestion;
  draft: AnswerDraft;
  disabled: boolean;
  onChange(change: Partial<AnswerDraft>): void;
  onEnter(): void;
}

/** One question with what can be answered to it: free words, or options and words of one's own (protocol §4.7). */
export function Question({ question, draft, disabled, onChange, onEnter }: QuestionProps) {
  const strings = useStrings();
  const id = useId();
  const own = useRef<HTMLInputElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    onEnter();
  };
  if (question.type === 'freeform') {
    return (
      <div className="ck-question">
        <label htmlFor={id} dir="auto">
          {question.question}
        </label>
        {question.description != null && (
          <p className="ck-muted" id={`${id}-more`} dir="auto">
            {question.description}
          </p>
        )}
        <textarea
          id={id}
          className="ck-question-text"
          rows={2}
          value={draft.text}
          placeholder={strings.questionPlaceholder}
          aria-describedby={question.description == null ? undefined : `${id}-more`}
          disabled={disabled}
          dir="auto"
          onChange={(event) => onChange({ text: event.currentTarget.value })}
          onKeyDown={onKeyDown}
        />
      </div>
    );
  }
  const { multiple, options } = question;
  const values = [...new Set(options.map(({ value }) => value))];
  function choose(value: string, on: boolean) {
    if (!multiple) return onChange({ chosen: [value], other: false });
    const others = draft.chosen.filter((each) => each !== value);
    onChange({ chosen: on ? values.filter((each) => each === value || others.includes(each)) : others });
  }
  const chooseOther = (on: boolean) => onChange(multiple ? { other: on } : { other: on, chosen: [] });
  return (
    <fieldset className="ck-question" disabled={disabled} onKeyDown={onKeyDown}>
      <legend dir="auto">{question.question}</legend>
      <p className="ck-muted">{multiple ? strings.questionSeveral : strings.questionOne}</p>
      <div className="ck-question-options">
        {values.map((value) => (
          <label key={value} className="ck-question-option">
            <input
              type={multiple ? 'checkbox' : 'radio'}
              name={id}
              value={value}
              checked={draft.chosen.includes(value)}
              onChange={(event) => choose(value, event.currentTarget.checked)}
            />
            <span dir="auto">{value}</span>
          </label>
        ))}
        <div className="ck-question-option">
          <input
            type={multiple ? 'checkbox' : 'radio'}
            name={id}
            checked={draft.other}
            aria-labelledby={`${id}-other`}
            onChange={(event) => chooseOther(event.currentTarget.checked)}
            onClick={(event) => {
              // By pointer, writing comes next; by keys the choice goes on through the others.
              if (event.detail > 0 && event.currentTarget.checked) own.current?.focus();
            }}
          />
          <label id={`${id}-other`} htmlFor={`${id}-own`}>
            {strings.questionOther}
          </label>
          <input
            ref={own}
            id={`${id}-own`}
            type="text"
            className="ck-question-own"
            value={draft.text}
            placeholder={strings.questionPlaceholder}
            dir="auto"
            onClick={() => chooseOther(true)}
            onChange={(event) =>
              onChange({ text: event.currentTarget.value, other: true, ...(multiple ? {} : { chosen: [] }) })
            }
          />
        </div>
      </div>
    </fieldset>
  );
}
