/** The outcome of something that can be refused for reasons the caller can act on. */
export type Result<T, E> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: E };

export function success<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

export function refusal<E>(error: E): { readonly ok: false; readonly error: E } {
  return { ok: false, error };
}
