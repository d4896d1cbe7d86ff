/** libvips as WebAssembly, for use in the image thread alone. */
import { createRequire } from 'node:module';
import type Vips from 'wasm-vips';
import type { ImageType } from './image-types.ts';

/** What is used of WebAssembly here; the compiler's own description belongs to browsers. */
interface MemoryWish {
  readonly initial: number;
  readonly maximum: number;
  readonly shared: boolean;
}
declare const WebAssembly: { Memory: new (wish: MemoryWish) => object };

/** libvips, ready to use. */
export type Codec = Awaited<ReturnType<typeof Vips>>;

/** The only decoders that may run; hostile bytes must not choose others. */
const LOADERS: Readonly<Record<ImageType, string>> = {
  'image/png': 'VipsForeignLoadPng',
  'image/jpeg': 'VipsForeignLoadJpeg',
  'image/gif': 'VipsForeignLoadNsgif',
  'image/webp': 'VipsForeignLoadWebp',
};

/**
 * Loads libvips with a limit on its memory. No code of the machine touches an image: everything runs inside
 * WebAssembly, without files.
 *
 * @param file `vips-node`, beside its `vips.wasm`
 * @param wasmPages the most memory, in pages of 64 KiB
 */
export async function loadCodec(file: string, wasmPages: number): Promise<Codec> {
  limitMemory(wasmPages);
  const load: typeof Vips = createRequire(file)(file);
  const silent = () => undefined;
  const codec = await load({ dynamicLibraries: [], print: silent, printErr: silent });
  codec.concurrency(1);
  codec.Cache.max(0);
  codec.operationBlock('VipsForeignLoad', true);
  for (const loader of Object.values(LOADERS)) codec.operationBlock(loader, false);
  return codec;
}

/** The codec makes its memory itself and takes no option for it; this thread has no other WebAssembly. */
function limitMemory(wasmPages: number): void {
  const { Memory } = WebAssembly;
  WebAssembly.Memory = class extends Memory {
    constructor(wish: MemoryWish) {
      super({ ...wish, maximum: Math.min(wish.maximum, wasmPages) });
    }
  };
}
