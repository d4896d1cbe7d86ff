import { useFacts, usePage, useStore, useStrings } from './context.ts';
import { IconButton } from './IconButton.tsx';

/** Title, history, new chat, and one button of the host on each side. */
export function Header() {
  const { controller } = usePage();
  const strings = useStrings();
  const { options, view, session } = useStore(controller.app);
  const { shown, idle } = useFacts(session.state, ({ transcript, turn }) => ({
    shown: transcript.thread,
    idle: turn.kind === 'idle',
  }));
  const { header } = options;
  if (header?.enabled === false) return null;
  const inHistory = view === 'history';
  // A thread gets its title while its first answer runs: until then there is none to miss.
  const untitled = shown !== null && idle ? strings.untitled : '';
  const thread = shown?.title || untitled;
  const title = inHistory ? strings.history : (header?.title?.text ?? thread);
  const showTitle = inHistory || header?.title?.enabled !== false;
  const historyEnabled = options.history?.enabled !== false;

  return (
    <header className="ck-header">
      <div className="ck-header-side">
        {header?.leftAction !== undefined && (
          <IconButton
            icon={header.leftAction.icon}
            label={strings.hostLeftAction}
            onClick={() => controller.options.header?.leftAction?.onClick()}
          />
        )}
        {historyEnabled && (
          <IconButton
            icon={inHistory ? 'back-large' : 'history'}
            label={inHistory ? strings.closeHistory : strings.history}
            aria-expanded={inHistory}
            onClick={() => (inHistory ? controller.hideHistory() : controller.showHistory())}
          />
        )}
      </div>
      <h2 className={showTitle ? 'ck-title' : 'ck-hidden'} dir="auto" title={title}>
        {title === '' ? <span className="ck-hidden">{strings.newChat}</span> : title}
      </h2>
      <div className="ck-header-side ck-header-side--end">
        <IconButton icon="compose" label={strings.newChat} onClick={() => controller.startNewChat()} />
        {header?.rightAction !== undefined && (
          <IconButton
            icon={header.rightAction.icon}
            label={strings.hostRightAction}
            onClick={() => controller.options.header?.rightAction?.onClick()}
          />
        )}
      </div>
    </header>
  );
}
