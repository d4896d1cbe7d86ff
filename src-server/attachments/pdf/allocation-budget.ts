/** A limit on what unpacking may allocate, in a thread whose limits count objects alone and not the bytes in them. */

/** Smaller allocations are left to the limit on objects. */
const SMALLEST_BYTES = 65_536;

/**
 * From now on all larger arrays of bytes that this thread makes, and all that it unpacks, count, freed or not, and
 * beyond the budget there is nothing but a RangeError. For a thread that does one job and ends.
 *
 * @param exceeded called before the first error, which whoever unpacks may well hide
 */
export function limitAllocations(budgetBytes: number, exceeded: () => void): void {
  let allocated = 0;
  const count = (bytes: number) => {
    if (allocated > budgetBytes) throw new RangeError('the budget for unpacking is used up');
    allocated += bytes;
    if (allocated <= budgetBytes) return;
    exceeded();
    count(0);
  };
  globalThis.Uint8Array = new Proxy(Uint8Array, {
    construct(target, args: unknown[], newTarget) {
      const [length] = args;
      if (typeof length === 'number' && length >= SMALLEST_BYTES) count(length);
      return Reflect.construct(target, args, newTarget);
    },
  });
  globalThis.DecompressionStream = new Proxy(DecompressionStream, {
    construct(target, [format]: [ConstructorParameters<typeof DecompressionStream>[0]]) {
      const { readable, writable } = new target(format);
      const counter = new TransformStream<Uint8Array, Uint8Array>({
        transform(chunk, controller) {
          count(chunk.byteLength);
          controller.enqueue(chunk);
        },
      });
      return { readable: readable.pipeThrough(counter), writable };
    },
  });
}
