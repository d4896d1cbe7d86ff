import { ChatKit, useChatKit } from '@openai/chatkit-react';
import { useEffect, useMemo, useState } from 'react';
import type { AppStatus, User } from '../../../../src-shared/api/index.ts';
import { threadFileAddress } from '../../api/exports.ts';
import { useProposals } from '../../desktop/use-proposals.ts';
import { regional } from '../../i18n/locale.ts';
import { useColorScheme } from '../../preferences/color-scheme.ts';
import { useI18n, useServices } from '../../services.tsx';
import { isWaiting } from '../../session/session.ts';
import { Banner } from '../../ui/banner.tsx';
import { usePageTitle } from '../../ui/page-heading.tsx';
import { useStore } from '../../ui/store.ts';
import { useComeBack } from '../../ui/use-come-back.ts';
import { BudgetNotice } from '../account/budget-meter.tsx';
import { chatFetch } from './chat-fetch.ts';
import { chatOptions } from './chat-options.ts';
import styles from './chat-page.module.css';
import { draftStorage } from './draft-storage.ts';
import { placeStorage } from './kept-place.ts';
import { KeychainBanner } from './keychain-banner.tsx';
import { rememberedThread, rememberThread } from './open-thread.ts';
import { threadSearch } from './thread-search.ts';

/**
 * The chat. It stays in the document while administration pages are shown, so that a running answer and a half-written
 * message survive a look elsewhere.
 *
 * @param props.active true while it is the page that is shown
 */
export default function ChatPage({ user, active }: { user: User; active: boolean }) {
  const { t } = useI18n();
  const status = useAppStatus(active);
  usePageTitle(t.chat.title, active);
  return (
    <div className={styles.page}>
      <h1 className="visually-hidden">{t.chat.title}</h1>
      {status.kind === 'known' && user.is_admin && <KeychainBanner keychain={status.value.keychain} />}
      {user.role === 'guest' && (
        <div className={styles.banner}>
          <Banner tone="info">{t.people.guestNotice}</Banner>
        </div>
      )}
      <BudgetNotice active={active} />
      {status.kind !== 'asking' && (
        <Chat
          user={user}
          active={active}
          offlineGuide={status.kind === 'known' && status.value.offline_guide}
          models={status.kind === 'known' ? status.value.models : []}
          modelLabels={(status.kind === 'known' ? status.value.model_labels : undefined) ?? {}}
          attachments={status.kind === 'known' ? status.value.attachments : null}
        />
      )}
    </div>
  );
}

interface ChatProps {
  user: User;
  active: boolean;
  offlineGuide: boolean;
  models: readonly string[];
  modelLabels: Readonly<Record<string, string>>;
  attachments: AppStatus['attachments'] | null;
}

function Chat({ user, active, offlineGuide, models, modelLabels, attachments }: ChatProps) {
  const { api, preferences, session } = useServices();
  const isShown = !isWaiting(useStore(session)) && active;
  const [drafts] = useState(() => draftStorage(api));
  const [search] = useState(() => threadSearch(api));
  const [places] = useState(() => placeStorage(window.sessionStorage, user.id));
  const { t, locale } = useI18n();
  const scheme = useColorScheme(useStore(preferences).theme);
  const [initialThread] = useState(() => rememberedThread(window.sessionStorage, user.id));

  const [isReady, setReady] = useState(false);
  const { control, fetchUpdates, focusComposer, setThreadId, setComposerValue } = useChatKit({
    ...chatOptions({
      t,
      locale: regional(locale),
      scheme,
      offlineGuide,
      models,
      modelLabels,
      attachments,
      initialThread,
      drafts,
      places,
      search,
      fileOf: threadFileAddress,
      keepsHistory: user.role !== 'guest',
      fetch: chatFetch({ fetch: (input, init) => window.fetch(input, init), session, person: user.id }),
    }),
    onReady: () => setReady(true),
    onThreadChange: ({ threadId }) => rememberThread(window.sessionStorage, user.id, threadId),
    onThreadLoadEnd: () => {
      if (isShown && document.activeElement === document.body) quietly(focusComposer);
    },
  });

  useEffect(() => {
    // Not before it is ready: until then the person may have begun something else.
    if (isShown && isReady && !isOccupied()) quietly(focusComposer);
  }, [isShown, isReady, focusComposer]);

  useComeBack(() => {
    // What was refused meanwhile is asked for and saved again; the element says what does not work.
    if (isReady) quietly(fetchUpdates);
  });

  useEffect(() => {
    if (!isReady) return;
    // The person may have written in another window meanwhile.
    const onShown = () => {
      if (document.visibilityState === 'visible') quietly(fetchUpdates);
    };
    document.addEventListener('visibilitychange', onShown);
    return () => document.removeEventListener('visibilitychange', onShown);
  }, [isReady, fetchUpdates]);

  useProposals(
    useMemo(
      () => (isReady ? { focusComposer, setThreadId, setComposerValue } : null),
      [isReady, focusComposer, setThreadId, setComposerValue],
    ),
  );

  return <ChatKit control={control} className={styles.chat} />;
}

/** Whether the person is in a menu, a dialog or a field, which would lose them. */
function isOccupied(): boolean {
  return document.activeElement?.closest('[role="menu"], dialog, input, textarea, select') != null;
}

/** Does what is a courtesy: focusing may be refused while a thread is being loaded, news may not be had. */
function quietly(courtesy: () => Promise<void>): void {
  Promise.resolve(courtesy()).catch(() => undefined);
}

type StatusState =
  | { readonly kind: 'asking' }
  | { readonly kind: 'known'; readonly value: AppStatus }
  | { readonly kind: 'unknown' };

/** The state of Foyer, asked for anew whenever the chat is shown again: a model may have been connected meanwhile. */
function useAppStatus(active: boolean): StatusState {
  const { api } = useServices();
  const [status, setStatus] = useState<StatusState>({ kind: 'asking' });
  useEffect(() => {
    if (!active) return;
    let watching = true;
    void api.status().then((result) => {
      if (!watching) return;
      if (result.ok) setStatus({ kind: 'known', value: result.value });
      else setStatus((before) => (before.kind === 'asking' ? { kind: 'unknown' } : before));
    });
    return () => {
      watching = false;
    };
  }, [api, active]);
  return status;
}
