/** Characters of one text that a model is given; what is longer is cut, and the model told so. */
export const MAX_TEXT_CHARACTERS = 100_000;
/** Bytes of a PDF that model servers take as a file; of a larger one the model gets the text. */
export const MAX_FILE_BYTES = 32 * 1_048_576;
