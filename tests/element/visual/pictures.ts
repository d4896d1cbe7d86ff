/** Drawings that stand for photographs: same bytes, same pixels on every machine. */
const scene = (sky: string, sun: string, far: string, near: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="400" viewBox="0 0 640 400"><rect width="640" height="400" fill="${sky}"/><circle cx="470" cy="120" r="52" fill="${sun}"/><path d="M0 270 150 170l120 70 140-110 230 150v120H0z" fill="${far}"/><path d="M0 330 200 240l160 80 280-90v170H0z" fill="${near}"/></svg>`;

/** What the test server hands out beside the page. */
export const PICTURES: Readonly<Record<string, string>> = {
  '/pictures/hills.svg': scene('#cfe4f5', '#fff3d0', '#8fb3c9', '#4c7a6b'),
  '/pictures/dusk.svg': scene('#3b3462', '#f2a65a', '#5a4b84', '#241f3d'),
  '/pictures/portrait.svg':
    '<svg xmlns="http://www.w3.org/2000/svg" width="96" height="96" viewBox="0 0 96 96"><rect width="96" height="96" fill="#f0c9a8"/><circle cx="48" cy="40" r="18" fill="#7a4b32"/><path d="M12 96a36 36 0 0 1 72 0z" fill="#2f6f8f"/></svg>',
  '/pictures/mark.svg':
    '<svg xmlns="http://www.w3.org/2000/svg" width="32" height="32" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#d8432f"/><path d="M10 22V10l12 6z" fill="#fff"/></svg>',
};
