/** Uploading and reading attachments in tests, with a client's token. */
import { expect } from 'vitest';
import { z } from 'zod';
import { type Attachment, attachmentSchema } from '../../src-shared/chatkit/index.ts';
import type { Client } from './client.ts';

/** Requests beside JSON. */
export function uploads(url: string, client: Client) {
  const auth = { Authorization: `Bearer ${client.token}` };
  return {
    auth,
    /** Name and bytes at once. */
    direct: (bytes: Uint8Array, name: string, type = 'application/octet-stream') => {
      const form = new FormData();
      form.append('file', new Blob([new Uint8Array(bytes)], { type }), name);
      return fetch(new URL('/api/attachments', url), { method: 'POST', headers: auth, body: form });
    },
    /** The first of two phases. */
    announce: (name: string, size: number, mime_type: string) =>
      client.operation('attachments.create', { name, size, mime_type }),
    /** The second. */
    send: (descriptor: NonNullable<Attachment['upload_descriptor']>, bytes: Uint8Array) =>
      fetch(descriptor.url, {
        method: descriptor.method,
        headers: { ...auth, ...descriptor.headers, 'Content-Type': 'application/octet-stream' },
        body: new Uint8Array(bytes),
      }),
    get: (address: string) => fetch(new URL(address, url), { headers: auth }),
  };
}

const errorSchema = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

/** The code of an answer that is an error. */
export async function codeOf(response: Response): Promise<string> {
  return errorSchema.parse(await response.json()).error.code;
}

/** The attachment in an answer, which keeps what is nobody's business to itself. */
export async function attachmentOf(response: Response): Promise<Attachment> {
  expect(response.status).toBe(200);
  const answer: unknown = await response.json();
  expect(answer).not.toHaveProperty('metadata');
  return attachmentSchema.parse(answer);
}

/** The input of a message with attachments. */
export const messageWith = (...attachments: string[]) => ({
  content: [{ type: 'input_text', text: 'Look at this' }],
  attachments,
  inference_options: {},
});
