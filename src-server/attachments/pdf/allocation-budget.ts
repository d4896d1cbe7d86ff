/** A limit on what unpacking may allocate, in a thread whose limits count objects alone and not the bytes in them. */

/** Smaller allocations are left to the limit on objects. */
const SMALLEST_BYTES = 65_536;

export interface AllocationBudget {
  /** Whether anything was refused; what the thread has found since is not the whole. */
  readonly isExceeded: boolean;
}

/**
 * From now on all larger arrays of bytes that this thread makes count, freed or not, and beyond the budget making one
 * throws a RangeError. For a thread that does one job and ends.
 */
export function limitAllocations(budgetBytes: number): AllocationBudget {
  let allocated = 0;
  const budget = { isExceeded: false };
  globalThis.Uint8Array = new Proxy(Uint8Array, {
    construct(target, args: unknown[], newTarget) {
      const [length] = args;
      if (typeof length === 'number' && length >= SMALLEST_BYTES) {
        allocated += length;
        if (allocated > budgetBytes) {
          budget.isExceeded = true;
          throw new RangeError('the budget for unpacking is used up');
        }
      }
      return Reflect.construct(target, args, newTarget);
    },
  });
  // What it unpacks would not be counted. Without it, unpacking is done in arrays that are.
  Reflect.deleteProperty(globalThis, 'DecompressionStream');
  return budget;
}
