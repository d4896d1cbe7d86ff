import { type CSSProperties, type KeyboardEvent, Suspense, useEffect, useMemo, useState } from 'react';
import { createDiagrams } from '../diagrams/diagrams.ts';
import { diagramPage } from '../diagrams/page.ts';
import { toChatKitError } from '../errors.ts';
import { addFonts } from '../options/fonts.ts';
import { themeStyle } from '../options/theme.ts';
import type { Controller } from '../session/controller.ts';
import { Boundary } from './Boundary.tsx';
import { ChatView } from './ChatView.tsx';
import { type Page, PageContext, useFacts, useStore, useStrings } from './context.ts';
import { copyLastAnswer, copyLastCode } from './copy-last.ts';
import { Header } from './Header.tsx';
import { HistorySkeleton } from './history/HistorySkeleton.tsx';
import { Icon } from './Icon.tsx';
import { HistoryView } from './lazy.ts';
import type { PageKey } from './page-keys.ts';
import { pageKey, ShortcutsDialog, switchPart } from './ShortcutsDialog.tsx';

interface AppProps {
  controller: Controller;
  /** Called once the first render stands. */
  onMounted(): void;
}

/** The whole page inside the shadow root. */
export function App({ controller, onMounted }: AppProps) {
  const { options, problem, view, session, language } = useStore(controller.app);
  const [listsKeys, setListsKeys] = useState(false);
  const [announcement, setAnnouncement] = useState('');
  const [diagrams] = useState(() => createDiagrams(diagramPage));
  const page = useMemo<Page>(
    () => ({
      controller,
      diagrams,
      language,
      announce: setAnnouncement,
      showShortcuts: () => setListsKeys(true),
    }),
    [controller, diagrams, language],
  );
  const { attributes, properties } = useMemo(() => themeStyle(options.theme), [options.theme]);
  const fonts = options.theme.typography?.fontSources;

  useEffect(() => onMounted(), [onMounted]);
  useEffect(() => () => diagrams.dispose(), [diagrams]);
  useEffect(() => {
    if (fonts === undefined || fonts.length === 0) return;
    return addFonts(fonts, document, (error) =>
      controller.emit('chatkit.log', { name: 'font.failed', data: { message: String(error) } }),
    );
  }, [fonts, controller]);

  const report = (error: unknown) =>
    controller.emit('chatkit.error', { error: toChatKitError(error, 'protocol') });

  function onPageKey(key: PageKey, place: HTMLElement) {
    if (key === 'shortcuts') setListsKeys(true);
    else if (key === 'switch') switchPart(place);
    else if (key === 'composer') controller.focusComposer();
    else if (key === 'new-chat') controller.startNewChat();
    else {
      const { transcript } = session.state.getSnapshot();
      const copied = key === 'copy-code' ? copyLastCode(place) : copyLastAnswer(place, transcript);
      const said = { copied: 'copied', failed: 'copyFailed', nothing: 'nothingToCopy' } as const;
      copied.then((outcome) => setAnnouncement(language.strings[said[outcome]]), report);
    }
  }

  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    const key = pageKey(event);
    if (key !== null) {
      event.preventDefault();
      onPageKey(key, event.currentTarget);
      return;
    }
    if (event.key !== 'Escape' || event.defaultPrevented || event.nativeEvent.isComposing) return;
    // A dialog closes itself.
    if (event.target instanceof Element && event.target.closest('dialog') !== null) return;
    if (view === 'history') {
      event.preventDefault();
      controller.hideHistory();
      controller.focusComposer();
      return;
    }
    const { turn, transcript } = session.state.getSnapshot();
    if (turn.kind !== 'running' || transcript.allowCancel === false) return;
    event.preventDefault();
    session.stop();
  }

  return (
    <PageContext value={page}>
      <section
        className="ck"
        data-scheme={attributes.scheme}
        data-radius={attributes.radius}
        data-density={attributes.density}
        style={properties as CSSProperties}
        lang={language.stringsLocale}
        dir={language.dir}
        aria-label={options.frameTitle ?? language.strings.chat}
        onKeyDown={onKeyDown}
        {...CLICK_TARGET}
      >
        {problem === null ? (
          <>
            <Header />
            <Boundary onError={report} fallback={(retry) => <Broken onRetry={retry} />}>
              <div className="ck-view" hidden={view === 'history'}>
                <ChatView />
              </div>
              {view === 'history' && (
                <Suspense fallback={<HistoryLoading />}>
                  <HistoryView />
                </Suspense>
              )}
            </Boundary>
            {listsKeys && <ShortcutsDialog onClose={() => setListsKeys(false)} />}
            <Status controller={controller} announcement={announcement} />
          </>
        ) : (
          <Problem problem={problem} />
        )}
      </section>
    </PageContext>
  );
}

/** In place of the history, until what draws it is there. */
function HistoryLoading() {
  const strings = useStrings();
  return (
    <div className="ck-scroll">
      <div className="ck-column ck-history">
        <HistorySkeleton label={strings.searchingHistory} />
      </div>
    </div>
  );
}

/** A click between the controls must not send the focus to the first of them (`delegatesFocus`). */
const CLICK_TARGET = { tabIndex: -1 };

/** The one place that speaks to screen readers: never tokens, only what begins and ends. */
function Status({ controller, announcement }: { controller: Controller; announcement: string }) {
  const strings = useStrings();
  const { session } = useStore(controller.app);
  const { running, outcome } = useFacts(session.state, ({ turn, outcome: how }) => ({
    running: turn.kind === 'running',
    outcome: how,
  }));
  const text = running
    ? strings.responding
    : { none: '', finished: strings.responseReady, stopped: strings.responseStopped }[outcome];
  return (
    <div className="ck-hidden" role="status">
      <p>{text}</p>
      <p>{announcement}</p>
    </div>
  );
}

/** The last resort: something in the view cannot be drawn. */
function Broken({ onRetry }: { onRetry(): void }) {
  const strings = useStrings();
  return (
    <div className="ck-empty" role="alert">
      <Icon name="warning" size={28} />
      <p className="ck-strong">{strings.errorTitle}</p>
      <p className="ck-muted">{strings.loadHint}</p>
      <button type="button" className="ck-button" onClick={onRetry}>
        {strings.retry}
      </button>
    </div>
  );
}

function Problem({ problem }: { problem: 'hosted' | 'invalid' }) {
  const strings = useStrings();
  return (
    <div className="ck-empty" role="alert">
      <Icon name="warning" size={28} />
      <p className="ck-strong">{strings.configTitle}</p>
      <p className="ck-muted">{problem === 'hosted' ? strings.configHosted : strings.configInvalid}</p>
    </div>
  );
}
