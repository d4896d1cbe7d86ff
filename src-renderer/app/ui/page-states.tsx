import { useI18n } from '../services.tsx';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';
import styles from './page-states.module.css';

/** Shown while a page waits. Invisible for the first moment, so that a fast answer causes no flicker. */
export function Loading() {
  const { t } = useI18n();
  return (
    <p className={styles.loading} role="status">
      {t.common.loading}
    </p>
  );
}

/** Shown instead of what could not be loaded. @param props.alone true when there is no other heading on the page */
export function LoadFailed(props: {
  title: string;
  text: string;
  action?: string;
  alone?: boolean;
  onRetry: () => void;
}) {
  const { t } = useI18n();
  const Heading = props.alone === true ? 'h1' : 'h2';
  return (
    <div className={styles.failed} role="alert">
      <Icon name="alert" size={28} />
      <Heading>{props.title}</Heading>
      <p>{props.text}</p>
      <Button icon="reload" onClick={props.onRetry}>
        {props.action ?? t.common.tryAgain}
      </Button>
    </div>
  );
}
