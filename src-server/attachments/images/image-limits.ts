/** Every number about images, in one place. */
export const IMAGE_LIMITS = {
  /** A few kilobytes can hold an image that takes gigabytes to show; cameras stay below both. */
  megapixels: 64,
  sidePixels: 20_000,
  /** The longest edge of what is shown in a conversation. */
  previewPixels: 512,
  /** The longest edge of what models get, and of what is shown large. */
  modelPixels: 2_048,
  /** A lossless image for a model that has more bytes than this becomes JPEG. */
  losslessBytes: 4 * 1_048_576,
  /** Milliseconds for one image, from its first byte in the thread. */
  imageMs: 20_000,
  /** Milliseconds without an image after which the thread ends. */
  idleMs: 10_000,
  /** What the decoder may use, in pages of 64 KiB: 768 MiB. */
  wasmPages: 12_288,
  /** JavaScript of the thread, in MiB. The image itself and the decoder are not in there. */
  heapMb: 64,
} as const;
