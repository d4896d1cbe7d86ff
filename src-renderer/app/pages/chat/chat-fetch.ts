import { apiErrorSchema } from '../../../../src-shared/api/index.ts';
import { tellRefusal } from '../../api/refusals.ts';
import { refusalsHeardBy, type SessionStore } from '../../session/session.ts';

/**
 * The chat's requests as those of one person. When the answer is that this page has to wait, the page hears of it, and
 * asks what there is to ask.
 *
 * A message that was refused because of it is given up instead of told as an error: it goes back into the message box,
 * where it is when the page is shown again, and the question says the rest.
 */
export function chatFetch(parts: {
  fetch: typeof fetch;
  session: SessionStore;
  person: string;
}): typeof fetch {
  const { person } = parts;
  const refusals = refusalsHeardBy(parts.session);
  return async (input, init) => {
    const listeners = refusals();
    const headers = new Headers(init?.headers);
    headers.set('Foyer-Person', person);
    const response = await parts.fetch(input, { ...init, headers, credentials: 'same-origin' });
    const { status } = response;
    if (status !== 401 && status !== 403 && status !== 423) return response;
    // Whoever else stands in between and refuses does not know the person either.
    const code = status === 401 ? 'unauthorized' : await codeOf(response.clone());
    tellRefusal(listeners, status, code);
    const waits = code === 'account_not_sealed' || code === 'history_closed';
    if (waits && headers.get('Accept') === 'text/event-stream') {
      throw new DOMException('The page waits for its person.', 'AbortError');
    }
    return response;
  };
}

/** Foyer's code for a refusal; undefined where the answer has none. */
async function codeOf(response: Response): Promise<string | undefined> {
  return apiErrorSchema.safeParse(await response.json().catch(() => null)).data?.error.code;
}
