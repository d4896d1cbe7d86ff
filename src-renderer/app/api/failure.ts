/** Why a request to the server did not work out. A value, because the page can always say or do something about it. */
export type ApiFailure =
  /** The server answered with an error of its own: a stable code and a sentence for people. */
  | {
      readonly kind: 'refused';
      readonly status: number;
      readonly code: string;
      readonly message: string;
      /** Whole seconds after which trying again makes sense, when the server says so. */
      readonly retryAfter?: number;
      /** With `second_factor_required`: names this sign-in in its second step. */
      readonly challenge?: string;
    }
  /** Nobody answered: Foyer is not running, or the network is away. */
  | { readonly kind: 'unreachable' }
  /** Something answered that is not what the interface promises. */
  | { readonly kind: 'unexpected'; readonly status: number };

export type ApiResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: ApiFailure };

/** True when the server refused with this code. */
export function refusedWith(failure: ApiFailure, code: string): boolean {
  return failure.kind === 'refused' && failure.code === code;
}
