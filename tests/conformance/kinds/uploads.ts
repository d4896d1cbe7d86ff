/** The two upload flows (protocol §5.7), through the whole server. */
import { z } from 'zod';
import { attachmentSchema } from '../../../src-shared/chatkit/index.ts';
import { signIn } from '../../support/client.ts';
import { PNG } from '../../support/files.ts';
import { startFoyer } from '../../support/foyer.ts';
import { ADMINISTRATOR } from '../../support/headless.ts';
import { Bindings, type Difference, differences } from '../match.ts';
import type { Outcome } from '../run.ts';

const TOKEN_FIELDS = z.object({
  upload_descriptor: z.object({
    url: z.url(),
    method: z.enum(['POST', 'PUT']),
    headers: z.record(z.string(), z.string()),
  }),
});

/** Uploads a picture in each encoding that the flow allows, and sends it with a message. */
export async function runUpload(kind: 'direct' | 'two_phase'): Promise<Outcome> {
  const foyer = await startFoyer();
  const found: Difference[] = [];
  const check = (path: string, expected: unknown, actual: unknown) => {
    found.push(...differences(expected, actual, new Bindings(), path));
  };
  try {
    const client = await signIn(foyer.url, ADMINISTRATOR);
    const headers = { Authorization: `Bearer ${client.token}` };
    const form = () => {
      const data = new FormData();
      data.append('file', new Blob([new Uint8Array(PNG)], { type: 'image/png' }), 'cat.png');
      return data;
    };
    const send = async (encoding: 'form' | 'raw'): Promise<string> => {
      const body = encoding === 'form' ? form() : new Uint8Array(PNG);
      let response: Response;
      if (kind === 'direct') {
        response = await fetch(new URL('/api/attachments', foyer.url), {
          method: 'POST',
          headers,
          body: form(),
        });
      } else {
        const announced: unknown = await (
          await client.operation('attachments.create', {
            name: 'cat.png',
            size: PNG.length,
            mime_type: 'image/png',
          })
        ).json();
        const { url, method, headers: own } = TOKEN_FIELDS.parse(announced).upload_descriptor;
        response = await fetch(url, { method, headers: { ...headers, ...own }, body });
      }
      check(`${encoding} status`, 200, response.status);
      const answer: unknown = await response.json();
      const attachment = attachmentSchema.parse(answer);
      const { id, type, name, mime_type } = attachment;
      check(
        `${encoding} attachment`,
        { type: 'image', name: 'cat.png', mime_type: 'image/png' },
        { type, name, mime_type },
      );
      const keys = Object.keys(z.record(z.string(), z.unknown()).parse(answer)).sort();
      check(`${encoding} fields`, ['id', 'mime_type', 'name', 'preview_url', 'type'], keys);
      return id;
    };
    for (const encoding of kind === 'direct' ? (['form'] as const) : (['form', 'raw'] as const)) {
      const id = await send(encoding);
      const input = {
        content: [{ type: 'input_text', text: 'look' }],
        attachments: [id],
        inference_options: {},
      };
      const told: unknown[] = [];
      for await (const event of client.stream('threads.create', { input })) {
        if (event.type === 'thread.item.done' && event.item.type === 'user_message') {
          told.push(
            ...event.item.attachments.map((attachment) => [
              attachment.id,
              attachment.thread_id === event.item.thread_id,
            ]),
          );
        }
      }
      check(`${encoding} message`, [[id, true]], told);
    }
  } finally {
    await foyer.remove();
  }
  return { found, rules: [] };
}
