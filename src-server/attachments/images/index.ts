/** Images: decoded and made anew in a thread of their own. */
export { IMAGE_LIMITS } from './image-limits.ts';
export { IMAGE_TYPES, type ImageType } from './image-types.ts';
export {
  type ImageOutcome,
  type ImageSource,
  type ImageWorkshop,
  type ImageWorkshopOptions,
  imageWorkshop,
} from './image-workshop.ts';
