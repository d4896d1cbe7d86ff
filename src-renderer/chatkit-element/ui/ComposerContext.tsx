import type { Draft } from '../session/drafts.ts';
import { useStrings } from './context.ts';
import { Icon } from './Icon.tsx';
import { IconButton } from './IconButton.tsx';

/** What goes along with the text: the quote it answers, which can be taken out. */
export function ComposerContext({
  draft,
  onChange,
}: {
  draft: Draft;
  onChange(change: Partial<Draft>): void;
}) {
  const strings = useStrings();
  const { reply } = draft;
  return (
    <>
      {reply !== null && (
        <div className="ck-reply">
          <Icon name="quote" size={16} />
          <span className="ck-reply-text">
            <span className="ck-hidden">{strings.quoted}: </span>
            <span dir="auto">{reply}</span>
          </span>
          <IconButton
            icon="close"
            label={strings.removeQuote}
            size={16}
            className="ck-small"
            onClick={() => onChange({ reply: null })}
          />
        </div>
      )}
    </>
  );
}
