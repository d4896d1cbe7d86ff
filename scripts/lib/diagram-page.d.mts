/** The page of the frame that draws diagrams, as one document. */
export function buildDiagramPage(): Promise<string>;
