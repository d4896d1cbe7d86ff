import { describe, expect, it } from 'vitest';
import type { Attachment } from '../../../src-shared/chatkit/index.ts';
import { uploadFile } from './upload.ts';

describe('an upload in two phases', () => {
  it('that is cancelled while the server is asked still tells under which id the server has it', async () => {
    let answer = (_attachment: Attachment) => {};
    const stop = new AbortController();
    const created: string[] = [];
    const upload = uploadFile(
      {
        file: new File(['a'], 'a.txt', { type: 'text/plain' }),
        signal: stop.signal,
        onProgress: () => {},
        onCreated: (id) => created.push(id),
      },
      {
        strategy: { type: 'two_phase' },
        fetch: undefined,
        client: {
          createAttachment: (_file, signal) =>
            new Promise((resolve, reject) => {
              signal.addEventListener('abort', () => reject(new DOMException('', 'AbortError')));
              answer = resolve;
            }),
        },
      },
    );
    stop.abort();
    await expect(upload).rejects.toMatchObject({ name: 'AbortError' });
    answer({ type: 'file', id: 'atc_1', name: 'a.txt', mime_type: 'text/plain' });
    await Promise.resolve();
    expect(created).toEqual(['atc_1']);
  });
});
