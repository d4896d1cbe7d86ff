/** All bytes of something whose size is known, in memory of their own that can be given to a thread. */
export async function collect(source: {
  readonly size: number;
  read(): AsyncIterable<Uint8Array>;
}): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(source.size);
  let at = 0;
  for await (const piece of source.read()) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}
