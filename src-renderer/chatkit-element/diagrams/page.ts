/** The built page of the frame that draws diagrams. It lies beside `chatkit.js`, the folder above this part. */
const FILE = '../chatkit-diagram.html';

/** Where the frame's page is. Where nothing is built, it lies at the root. */
export function diagramPage(): URL {
  return import.meta.env?.DEV === true
    ? new URL('/chatkit-diagram.html', location.href)
    : new URL(FILE, import.meta.url);
}
