import type { Place } from '../session/places.ts';
import { createStore, type ReadableStore, type Store } from '../state/store.ts';

/** This near to the end counts as being there, in pixels. */
const NEAR_END = 48;
/** This near to the beginning asks for older items, in pixels. */
const NEAR_START = 800;
/** Space above a question that was brought to the top, in pixels. */
const TOP_GAP = 16;

/** The height of the window on the turn that fills it. */
const WINDOW_HEIGHT = '--ck-window';
try {
  // Nothing inside of the turn needs it: what is not inherited costs no style there.
  const how = { syntax: '<length>', inherits: false, initialValue: '0px' };
  globalThis.CSS?.registerProperty?.({ name: WINDOW_HEIGHT, ...how });
} catch {
  // Another copy of this script has done it.
}

/** The parts of the transcript that scrolling is about. */
export interface ScrollParts {
  /** Scrolls. */
  box: HTMLElement;
  /** Everything inside of it. */
  content: HTMLElement;
  /** What stands right after the last item, before any reserved space; another element after every turn. */
  end(): HTMLElement | null;
}

export interface ScrollRules {
  /** Follow the end while a response streams (`thread.autoScroll`). */
  autoScroll: boolean;
  running: boolean;
  onNearStart(): void;
}

/** A place as far as it is seen in the window. */
type ReadingPlace = Pick<Place, 'item' | 'offset'>;

/**
 * The scroll rules of one transcript. A thread opens at its end, or where it was left. A new question goes to the top of the window and the
 * answer fills the space below; nothing moves by itself after that, unless the host asked to follow or the reader
 * jumped to the end. Scrolling up always lets go. Older pages come in above without
 * moving what is read, and so does everything that takes its real size later.
 */
export class ScrollKeeper {
  /** True when the end is out of sight. */
  readonly away: ReadableStore<boolean>;
  readonly #away: Store<boolean> = createStore(false);
  /** True when the last item begins in the window or above it: somebody has come as far as that. */
  readonly reached: ReadableStore<boolean>;
  readonly #reached: Store<boolean> = createStore(true);
  #parts: ScrollParts | null = null;
  #rules: ScrollRules = { autoScroll: false, running: false, onNearStart: () => {} };
  #follow = true;
  #lastTop = 0;
  #turns = 0;
  #anchor: Anchor | null = null;
  #firstItem: string | undefined;
  #tallTurn: string | undefined;
  #tall: HTMLElement | null = null;
  #height = 0;

  constructor() {
    this.away = this.#away;
    this.reached = this.#reached;
  }

  /**
   * Takes over the elements and opens at `place`, or at the end. `turnsStarted` tells old turns from new ones.
   */
  attach(parts: ScrollParts, turnsStarted: number, place: ReadingPlace | null): () => void {
    this.#parts = parts;
    this.#turns = turnsStarted;
    let frame = 0;
    const setHeight = () => {
      this.#height = parts.box.clientHeight;
      this.#fit();
    };
    const settle = () => {
      if (parts.box.clientHeight === 0) return;
      if (this.#follow) this.#toEnd('instant');
      else this.#hold();
      this.look();
      // What is read has not changed: a response that streams in below must not cost a search each time.
      if (this.#anchor?.element.isConnected !== true) this.#remember();
    };
    const resized = () => {
      // The height sizes the content, which is observed too: set here, it would reach the page as a loop error.
      if (parts.box.clientHeight !== this.#height) {
        cancelAnimationFrame(frame);
        frame = requestAnimationFrame(() => {
          setHeight();
          settle();
        });
      }
      settle();
    };
    setHeight();
    if (place !== null) this.#return(place);
    settle();
    if (typeof ResizeObserver === 'undefined') return () => {};
    const observer = new ResizeObserver(resized);
    observer.observe(parts.box);
    observer.observe(parts.content);
    return () => {
      cancelAnimationFrame(frame);
      observer.disconnect();
    };
  }

  setRules(rules: ScrollRules) {
    this.#rules = rules;
  }

  /** Where somebody is reading; null at the end. */
  place(): ReadingPlace | null {
    if (this.#follow || this.#anchor === null) return null;
    const { item, offset, itemOffset } = this.#anchor;
    return { item, offset: Math.round((itemOffset ?? offset) - this.#lastTop) };
  }

  /** Which turn fills the window, so that a fresh question can stand at its top; undefined for none. */
  setTall(turn: string | undefined) {
    this.#tallTurn = turn;
    this.#fit();
  }

  /** After every change of the items: keeps the reader's place when older ones came in above. */
  itemsChanged(firstItem: string | undefined) {
    if (firstItem !== this.#firstItem && !this.#follow) this.#hold();
    this.#firstItem = firstItem;
    this.#remember();
  }

  /** A turn may have started here: brings it into view, if it began by itself only for readers at the end. */
  turnStarted(count: number, byItself: boolean) {
    if (count === this.#turns || this.#parts === null) return;
    this.#turns = count;
    if (byItself && this.#away.get()) return;
    this.#follow = this.#rules.autoScroll;
    const { box, content } = this.#parts;
    const turn = [...content.querySelectorAll<HTMLElement>('[data-turn]')].at(-1);
    if (this.#follow || turn === undefined) this.#toEnd(motion());
    else box.scrollTo({ top: turn.offsetTop - TOP_GAP, behavior: motion() });
  }

  /** Brings an item to the top of the window, once; null, and nothing moves, when it is not there. */
  show(item: string): Element | null {
    const element = this.#return({ item, offset: TOP_GAP });
    if (element === null || this.#parts === null) return null;
    // What stands above has not taken its real size yet: this item stays where it is meanwhile, not the one before.
    this.#anchor = { element, item, offset: offsetOf(this.#parts.box, element), itemOffset: null };
    this.look();
    return element;
  }

  jump() {
    this.#follow = true;
    this.#toEnd(motion());
  }

  scrolled() {
    const { box } = this.#parts ?? {};
    if (box === undefined) return;
    const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END;
    const isMoved = box.scrollTop !== this.#lastTop;
    if (box.scrollTop < this.#lastTop - 1 && !atEnd) this.#follow = false;
    else if (atEnd && (this.#rules.autoScroll || !this.#rules.running)) this.#follow = true;
    this.#lastTop = box.scrollTop;
    if (box.scrollTop < NEAR_START) this.#rules.onNearStart();
    this.look();
    if (isMoved || this.#anchor === null) this.#remember();
  }

  /** Finds out whether the end is in sight, and what is last has been {@link reached}; returns the latter. */
  look(): boolean {
    if (this.#parts === null) return true;
    const { box, content, end } = this.#parts;
    const bottom = box.getBoundingClientRect().bottom;
    const below = (place: Element | null | undefined) => (place?.getBoundingClientRect().top ?? 0) - bottom;
    const last = [...(content.lastElementChild?.querySelectorAll('[data-item]') ?? [])].at(-1);
    this.#away.update(() => below(end()) > NEAR_END);
    this.#reached.update(() => below(last) < 0);
    return this.#reached.get();
  }

  /**
   * Tells the turn that fills the window how high that is. Not the box around all turns: the style of the whole
   * conversation would be computed again each time.
   */
  #fit() {
    if (this.#parts === null || this.#height === 0) return;
    const turn = this.#tallTurn;
    const selector = `:scope > [data-turn="${CSS.escape(turn ?? '')}"]`;
    const tall = turn === undefined ? null : this.#parts.content.querySelector<HTMLElement>(selector);
    if (this.#tall !== tall) this.#tall?.style.removeProperty(WINDOW_HEIGHT);
    tall?.style.setProperty(WINDOW_HEIGHT, `${this.#height}px`);
    this.#tall = tall;
  }

  /** Answers the item at that place, null when it is not there. */
  #return({ item, offset }: ReadingPlace): Element | null {
    const { box } = this.#parts ?? {};
    const element = box?.querySelector(`[data-item="${CSS.escape(item)}"]`);
    if (box === undefined || !element) return null;
    this.#follow = false;
    box.scrollTop = offsetOf(box, element) - offset;
    this.#lastTop = box.scrollTop;
    this.#remember();
    return element;
  }

  #toEnd(behavior: ScrollBehavior) {
    const { box } = this.#parts ?? {};
    if (box === undefined) return;
    box.scrollTo({ top: box.scrollHeight, behavior });
    // Content that has shrunk moves the end up: that was nobody scrolling.
    if (behavior === 'instant') this.#lastTop = box.scrollTop;
  }

  /** Moves with what is read, when something above it came in or took another size. */
  #hold() {
    const { box } = this.#parts ?? {};
    if (box === undefined || this.#anchor === null) return;
    const { element, item, offset, itemOffset } = this.#anchor;
    const place = element.isConnected ? element : box.querySelector(`[data-item="${CSS.escape(item)}"]`);
    if (place === null) return;
    const now = offsetOf(box, place);
    if (Math.abs(now - offset) < 1) return;
    box.scrollTop += now - offset;
    const moved = itemOffset === null ? null : itemOffset + now - offset;
    this.#anchor = { element: place, item, offset: now, itemOffset: moved };
  }

  #remember() {
    // Who follows the end has no other place to keep.
    this.#anchor = this.#parts === null || this.#follow ? null : topmost(this.#parts);
  }
}

/** What stands at the top of the window. */
interface Anchor {
  element: Element;
  /** Finds the place again when the element was made anew: the first turn grows when older items belong to it. */
  item: string;
  /** Distance from the top of the content. */
  offset: number;
  /** The same of the item, where the element is a block in it. */
  itemOffset: number | null;
}

/** The first item, or block of one, that reaches into the window. */
function topmost({ box, content }: ScrollParts): Anchor | null {
  const top = box.getBoundingClientRect().top;
  const reaches = (element: Element) => element.getBoundingClientRect().bottom > top;
  const turn = firstOf(content.getElementsByClassName('ck-turn'), reaches);
  const item = turn && firstOf(turn.querySelectorAll('[data-item]'), reaches);
  if (!item) return null;
  const element = firstOf(item.querySelectorAll('.ck-md > *'), reaches) ?? item;
  const id = item.getAttribute('data-item') ?? '';
  // A block that is made anew leaves only its item to go by.
  return {
    element,
    item: id,
    offset: offsetOf(box, element),
    itemOffset: element === item ? null : offsetOf(box, item),
  };
}

/** The first of elements that stand one below the other; looks at few of them. */
function firstOf(elements: ArrayLike<Element>, is: (element: Element) => boolean): Element | undefined {
  let first = 0;
  for (let after = elements.length; first < after; ) {
    const middle = (first + after) >> 1;
    const element = elements[middle];
    if (element !== undefined && is(element)) after = middle;
    else first = middle + 1;
  }
  return elements[first];
}

/** Distance of an element from the top of the scrolled content. */
function offsetOf(box: HTMLElement, element: Element): number {
  return element.getBoundingClientRect().top - box.getBoundingClientRect().top + box.scrollTop;
}

function motion(): ScrollBehavior {
  const reduced = globalThis.matchMedia?.('(prefers-reduced-motion: reduce)').matches ?? false;
  return reduced ? 'instant' : 'smooth';
}
