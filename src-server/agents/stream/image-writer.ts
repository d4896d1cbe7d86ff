/** Writes images that a model makes: item added, previews with their progress, item done (protocol §8.1). */
import type { GeneratedImage, ThreadStreamEvent } from '../../../src-shared/chatkit/index.ts';
import type { WriterContext } from './writer-context.ts';

/** Makes the address under which a client finds an image. */
export interface ImageHooks {
  /**
   * @param partialIndex the number of the preview; undefined for the finished image, the only one that is kept
   */
  base64ImageToUrl(imageId: string, base64: string, partialIndex?: number): string | Promise<string>;
  /** Between 0 and 1. */
  partialImageIndexToProgress(partialIndex: number): number;
}

export interface ImageWriterContext extends WriterContext {
  /** Emits an event that is still being made; what follows waits for it. Null: nothing after all. */
  emitLater(event: Promise<ThreadStreamEvent | null>): void;
}

export interface ImageWriter {
  open(key: string): void;
  preview(key: string, base64: string, partialIndex: number): void;
  /** @param base64 null when no image came of it */
  end(key: string, base64: string | null): void;
  /** Takes away what will never be finished. */
  abandon(): void;
}

interface Image {
  readonly itemId: string;
  readonly imageId: string;
  readonly createdAt: string;
}

/** @param imageIdFor the id of an image by the key that the model's events use and the id of its item */
export function imageWriter(
  context: ImageWriterContext,
  hooks: ImageHooks,
  imageIdFor: (key: string, itemId: string) => string,
): ImageWriter {
  const images = new Map<string, Image>();

  const item = ({ itemId, createdAt }: Image, image?: GeneratedImage) => ({
    type: 'generated_image' as const,
    id: itemId,
    thread_id: context.threadId,
    created_at: createdAt,
    ...(image === undefined ? {} : { image }),
  });
  /** Waits only for hooks that have to be waited for, so that the rest keeps its pace. */
  const emitWith = (url: string | Promise<string>, event: (url: string) => ThreadStreamEvent) => {
    if (typeof url === 'string') context.emit(event(url));
    else context.emitLater(url.then(event));
  };
  const remove = (key: string, { itemId }: Image) => {
    images.delete(key);
    context.emit({ type: 'thread.item.removed', item_id: itemId });
  };
  const open = (key: string): Image => {
    const known = images.get(key);
    if (known !== undefined) return known;
    const itemId = context.newId('message');
    const image = { itemId, imageId: imageIdFor(key, itemId), createdAt: context.now().toISOString() };
    images.set(key, image);
    context.emit({ type: 'thread.item.added', item: item(image) });
    return image;
  };

  return {
    open(key) {
      open(key);
    },
    preview(key, base64, partialIndex) {
      const image = open(key);
      const progress = hooks.partialImageIndexToProgress(partialIndex);
      emitWith(hooks.base64ImageToUrl(image.imageId, base64, partialIndex), (url) => ({
        type: 'thread.item.updated',
        item_id: image.itemId,
        update: { type: 'generated_image.updated', image: { id: image.imageId, url }, progress },
      }));
    },
    end(key, base64) {
      const known = images.get(key);
      if (base64 === null) {
        if (known !== undefined) remove(key, known);
        return;
      }
      const image = known ?? open(key);
      images.delete(key);
      emitWith(hooks.base64ImageToUrl(image.imageId, base64), (url) => ({
        type: 'thread.item.done',
        item: item(image, { id: image.imageId, url }),
      }));
    },
    abandon() {
      for (const [key, image] of images) remove(key, image);
    },
  };
}
