import { ChatKitRequestError } from '../../chatkit/errors.ts';
import type { RequestContext } from '../../context.ts';
import { describeRefusal } from './messages.ts';
import { ModelProblem } from './problem.ts';

/**
 * Does a check that comes before anything is written. A problem becomes the refusal of the request, with a sentence for
 * the person in their language.
 *
 * @throws {ChatKitRequestError} 429 for too many messages, else 403
 */
export async function refusing(
  check: () => Promise<void>,
  person: Pick<RequestContext, 'role' | 'locale'>,
): Promise<void> {
  try {
    await check();
  } catch (error) {
    if (!(error instanceof ModelProblem) || error.kind === 'summaries-refused') throw error;
    const status = error.kind === 'too-fast' ? 429 : 403;
    throw new ChatKitRequestError(status, 'not_admitted', describeRefusal(error.kind, person));
  }
}
