/** How far beyond what is seen a place counts as near. */
const AHEAD = '600px';

interface Watch {
  observer: IntersectionObserver;
  waiting: Map<Element, () => void>;
}

/** One for each part of the page that scrolls: the browser looks at every observer in every frame. */
const watches = new WeakMap<Node, Watch>();

/** Calls back once, as soon as an element is in sight or near to it; gives back what ends the wait. */
export function whenNear(element: Element, callback: () => void): () => void {
  const { observer, waiting } = watchOver(element);
  waiting.set(element, callback);
  observer.observe(element);
  return () => {
    waiting.delete(element);
    observer.unobserve(element);
  };
}

function watchOver(element: Element): Watch {
  // What scrolls cuts off everything around itself: only of it can there be more than what is seen.
  const root = element.closest('.ck-scroll');
  const known = watches.get(root ?? document);
  if (known !== undefined) return known;
  const waiting = new Map<Element, () => void>();
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        const callback = isIntersecting ? waiting.get(target) : undefined;
        if (callback === undefined) continue;
        waiting.delete(target);
        observer.unobserve(target);
        callback();
      }
    },
    { root, rootMargin: AHEAD },
  );
  const watch = { observer, waiting };
  watches.set(root ?? document, watch);
  return watch;
}
