import { Component, type ReactNode, Suspense } from 'react';
import { useI18n } from '../services.tsx';
import { LoadFailed, Loading } from '../ui/page-states.tsx';

/**
 * Room for a page whose files are fetched when it is shown. One that breaks, or that cannot be fetched, does not take
 * the whole window with it.
 *
 * @param props.title what is said of it then; default: that the page could not be opened
 * @param props.alone true when there is no other heading on the page
 */
export function PageBoundary(props: { title?: string; alone?: boolean; children: ReactNode }) {
  const { t } = useI18n();
  return (
    <Boundary
      fallback={
        <LoadFailed
          alone={props.alone === true}
          title={props.title ?? t.common.pageBroken}
          text={t.chat.broken}
          action={t.chat.reload}
          onRetry={() => window.location.reload()}
        />
      }
    >
      <Suspense fallback={<Loading />}>{props.children}</Suspense>
    </Boundary>
  );
}

class Boundary extends Component<{ fallback: ReactNode; children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override render(): ReactNode {
    return this.state.broken ? this.props.fallback : this.props.children;
  }
}
