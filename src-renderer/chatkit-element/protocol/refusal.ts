import { apiErrorSchema } from '../../../src-shared/api/errors.ts';
import { ChatKitError, type ChatKitErrorCode } from '../errors.ts';

/**
 * The error of a refused request: `{error:{code,message}}` when the server speaks it (REST shapes of Foyer).
 *
 * @param body the answer's JSON, null where it had none
 */
export function refusal(code: ChatKitErrorCode, status: number, body: unknown): ChatKitError {
  const parsed = apiErrorSchema.safeParse(body);
  if (!parsed.success)
    return new ChatKitError(code, `The server answered with status ${status}.`, { status });
  const { message, code: serverCode } = parsed.data.error;
  return new ChatKitError(code, message, { status, serverCode, forPeople: true });
}
