import { apiErrorSchema } from '../../../../src-shared/api/index.ts';
import { ownerOf, type SessionStore } from '../../session/session.ts';

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
  const { session, person } = parts;
  return async (input, init) => {
    const headers = new Headers(init?.headers);
    headers.set('Foyer-Person', person);
    const response = await parts.fetch(input, { ...init, headers, credentials: 'same-origin' });
    if (response.status === 401) session.ended();
    if (response.status !== 403 && response.status !== 423) return response;
    const code = await codeOf(response.clone());
    if (code === 'account_not_sealed') session.sealingRequired();
    else if (code === 'history_closed') session.closed();
    else if (response.status === 423 && ownerOf(session.get()) !== null) session.locked(null);
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
