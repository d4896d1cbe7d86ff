import { useRequest } from '../forms/use-request.ts';
import { useServices } from '../services.tsx';
import { Button } from '../ui/button.tsx';
import { FailureBanner } from '../ui/failure-banner.tsx';

/** The way out of a page that asks for something before anything else. */
export function SignOut({ label }: { label: string }) {
  const { api, session } = useServices();
  const request = useRequest();
  const signOut = async () => {
    const result = await request.run(() => api.signOut());
    if (result?.ok === true || result?.failure.kind === 'refused') session.signedOut();
  };
  return (
    <>
      <FailureBanner failure={request.failure} />
      <Button look="quiet" icon="sign-out" busy={request.busy} onClick={() => void signOut()}>
        {label}
      </Button>
    </>
  );
}
