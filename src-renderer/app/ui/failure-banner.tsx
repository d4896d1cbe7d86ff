import type { ApiFailure } from '../api/failure.ts';
import { failureText } from '../i18n/failure-text.ts';
import { useI18n } from '../services.tsx';
import { Banner } from './banner.tsx';

/** Says, at once and aloud, why a request failed; nothing when none did. */
export function FailureBanner({ failure }: { failure: ApiFailure | null }) {
  const { t } = useI18n();
  if (failure === null) return null;
  return (
    <Banner tone="danger" role="alert">
      {failureText(failure, t)}
    </Banner>
  );
}
