/** What tests of this room share. */
import type { OpenedAttachment } from '../attachments.ts';
import type { ImageOutcome, ImageWorkshop } from '../images/index.ts';

const READY: ImageOutcome = {
  state: 'ready',
  preview: { bytes: Buffer.from('small'), mimeType: 'image/webp' },
  image: { bytes: Buffer.from('large'), mimeType: 'image/jpeg' },
  width: 8,
  height: 8,
};

/** Gives the same answer for every image. */
export function imageStub(outcome: ImageOutcome = READY): ImageWorkshop {
  return { prepare: async () => outcome, close: async () => undefined };
}

/** Everything in an attachment. */
export async function bytesOf(opened: Promise<OpenedAttachment>): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of (await opened).file.read()) pieces.push(piece);
  return Buffer.concat(pieces);
}
