/** What is said between the server and the thread that writes messages. Both are Foyer's own. */

/** A row of a table whose rows have an id and a JSON body. */
interface Row {
  readonly id: string;
  readonly body: string;
}

/** A message with all that is written along with it, as it stands in the tables. */
export interface MessageRows {
  /** The thread that begins with the message; null when it exists. */
  readonly newThread: (Row & { readonly createdAt: string; readonly title: string | null }) | null;
  readonly attachments: readonly Row[];
  readonly item: Row & { readonly threadId: string; readonly type: string; readonly searchText: string };
}

export type MessageJob =
  /** Comes before the first write to a file; the file exists and is up to date. */
  | { readonly kind: 'open'; readonly file: string; readonly key: Uint8Array }
  | { readonly kind: 'write'; readonly number: number; readonly file: string; readonly rows: MessageRows }
  | { readonly kind: 'close'; readonly number: number; readonly file: string };

/** The end of a job that has a number. `code` is SQLite's. */
export type MessageJobEnd =
  | { readonly number: number; readonly ok: true }
  | { readonly number: number; readonly ok: false; readonly code: string; readonly message: string };
