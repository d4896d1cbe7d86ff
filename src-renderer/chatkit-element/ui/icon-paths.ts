/**
 * One set of drawings for everything: a 24 px grid, strokes of 1.75 px with round ends, `currentColor`. A name may be
 * drawn like another one. `lucide-paths.ts` has the names of lucide.dev; what nobody knows is drawn as a dot.
 */
const SPARKLE =
  'M12 3.5 13.8 9a2 2 0 0 0 1.2 1.2l5.5 1.8-5.5 1.8a2 2 0 0 0-1.2 1.2L12 20.5 10.2 15A2 2 0 0 0 9 13.8L3.5 12 9 10.2A2 2 0 0 0 10.2 9L12 3.5Z';
const DOTS =
  'M4.8 12a.7.7 0 1 0 1.4 0 .7.7 0 0 0-1.4 0M11.3 12a.7.7 0 1 0 1.4 0 .7.7 0 0 0-1.4 0M17.8 12a.7.7 0 1 0 1.4 0 .7.7 0 0 0-1.4 0';
const DOTS_UP =
  'M11.3 5.5a.7.7 0 1 0 1.4 0 .7.7 0 0 0-1.4 0M11.3 12a.7.7 0 1 0 1.4 0 .7.7 0 0 0-1.4 0M11.3 18.5a.7.7 0 1 0 1.4 0 .7.7 0 0 0-1.4 0';
const BOOK =
  'M12 6.5C10.5 5 8 4.5 3.5 4.5v13c4.5 0 7 .5 8.5 2 1.5-1.5 4-2 8.5-2v-13c-4.5 0-7 .5-8.5 2Zm0 0v13';
const BOOK_CLOSED =
  'M6.5 3.5h11.5a1 1 0 0 1 1 1v16H6.5A1.5 1.5 0 0 1 5 19V5a1.5 1.5 0 0 1 1.5-1.5ZM5 18.5A1.5 1.5 0 0 1 6.5 17H19';
const CLOCK = 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM12 7.5V12l3 2';
const HISTORY = 'M4 5v4.5h4.5M4.4 9.5A8 8 0 1 1 4 12.6M12 8v4.2l2.8 1.6';
export const CIRCLE = 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17Z';
const CHECK = 'm5 12.5 4.5 4.5L19 7.5';
const CHECK_CIRCLE = `${CIRCLE}m-3.8 8.7 2.6 2.6 5-5.2`;
const DOCUMENT =
  'M14 3.5H7A1.5 1.5 0 0 0 5.5 5v14A1.5 1.5 0 0 0 7 20.5h10a1.5 1.5 0 0 0 1.5-1.5V8L14 3.5Zm0 0V8h4.5M9 12.5h6M9 16h4';
const PAGE =
  'M14 3.5H7A1.5 1.5 0 0 0 5.5 5v14A1.5 1.5 0 0 0 7 20.5h10a1.5 1.5 0 0 0 1.5-1.5V8L14 3.5Zm0 0V8h4.5';
const WRITE = 'M4 20h4L19 9a2.1 2.1 0 0 0 0-3l-1-1a2.1 2.1 0 0 0-3 0L4 16v4Zm9.5-13.5 4 4';
const COMPOSE =
  'M11.5 4.5H7A2.5 2.5 0 0 0 4.5 7v10A2.5 2.5 0 0 0 7 19.5h10a2.5 2.5 0 0 0 2.5-2.5v-4.5M9.5 14.5v-2.6l7.6-7.6a1.5 1.5 0 0 1 2.1 0l.5.5a1.5 1.5 0 0 1 0 2.1l-7.6 7.6H9.5Z';
const USER =
  'M12 4a3.75 3.75 0 1 0 0 7.5A3.75 3.75 0 0 0 12 4ZM4.5 20c.6-3.4 3.6-5.5 7.5-5.5s6.9 2.1 7.5 5.5';
const STAR = 'm12 3.8 2.5 5.2 5.7.8-4.1 4 1 5.7-5.1-2.7-5.1 2.7 1-5.7-4.1-4 5.7-.8L12 3.8Z';
const GLOBE = `${CIRCLE}M3.5 12h17M12 3.5c2.3 2.3 3.5 5.2 3.5 8.5s-1.2 6.2-3.5 8.5c-2.3-2.3-3.5-5.2-3.5-8.5S9.7 5.8 12 3.5Z`;
const IMAGE =
  'M6 4.5h12A1.5 1.5 0 0 1 19.5 6v12a1.5 1.5 0 0 1-1.5 1.5H6A1.5 1.5 0 0 1 4.5 18V6A1.5 1.5 0 0 1 6 4.5Zm-1.5 11 4-4 5 5 2.5-2.5 3.5 3.5M15 9h.01';
const SIDEBAR =
  'M6 4.5h12A2.5 2.5 0 0 1 20.5 7v10a2.5 2.5 0 0 1-2.5 2.5H6A2.5 2.5 0 0 1 3.5 17V7A2.5 2.5 0 0 1 6 4.5Z';
const SIDEBAR_LEFT = `${SIDEBAR}M9 4.5v15`;
const SIDEBAR_RIGHT = `${SIDEBAR}M15 4.5v15`;
const SLIDERS =
  'M4 8h8M17 8h3M4 16h3M12 16h8M14.5 5.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5ZM9.5 13.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5Z';
const GEAR =
  'M12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6Zm0-5.5V6m0 12v2.5M3.5 12H6m12 0h2.5M6 6l1.8 1.8m8.4 8.4L18 18M6 18l1.8-1.8m8.4-8.4L18 6';
const SEARCH = 'M10.5 4.5a6 6 0 1 0 0 12 6 6 0 0 0 0-12ZM15 15l4.5 4.5';
const BOLT = 'M13 3.5 5.5 13.5H11l-1 7 8-10.5h-5.5l.5-6.5Z';
const CHEVRON_LEFT = 'm14.5 6-6 6 6 6';
const CHEVRON_RIGHT = 'm9.5 6 6 6-6 6';
const ARROW_LEFT = 'M19 12H5m6-6-6 6 6 6';
const MENU = 'M4 7h16M4 12h16M4 17h16';
const CUBE = 'm12 3.5 7.5 4.2v8.6L12 20.5l-7.5-4.2V7.7L12 3.5ZM4.7 7.8 12 12l7.3-4.2M12 12v8.3';
const CHART = 'M5 19.5V11M12 19.5v-15M19 19.5V14';
const EXPAND = 'M14 4.5h5.5V10M10 19.5H4.5V14M19.5 4.5 13.5 10.5M4.5 19.5l6-6';
const COLLAPSE = 'M19.5 10H14V4.5M4.5 14H10v5.5M14 10l6-6M10 14l-6 6';
const LIGHTBULB =
  'M9 17.5h6M10 20.5h4M12 3.5a6 6 0 0 0-3.6 10.8c.7.5 1.1 1.3 1.1 2.2v1h5v-1c0-.9.4-1.7 1.1-2.2A6 6 0 0 0 12 3.5Z';
const SUITCASE =
  'M5.5 8h13A1.5 1.5 0 0 1 20 9.5v8a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 17.5v-8A1.5 1.5 0 0 1 5.5 8ZM9 8V6.5A1.5 1.5 0 0 1 10.5 5h3A1.5 1.5 0 0 1 15 6.5V8M4 13h16';
const CODE =
  'M6 4.5h12A1.5 1.5 0 0 1 19.5 6v12a1.5 1.5 0 0 1-1.5 1.5H6A1.5 1.5 0 0 1 4.5 18V6A1.5 1.5 0 0 1 6 4.5ZM10 9l-3 3 3 3M14 9l3 3-3 3';
const MAIL =
  'M5 5.5h14A1.5 1.5 0 0 1 20.5 7v10a1.5 1.5 0 0 1-1.5 1.5H5A1.5 1.5 0 0 1 3.5 17V7A1.5 1.5 0 0 1 5 5.5Zm-1 1.7 8 6 8-6';
const PHONE =
  'M8 3.5h8A1.5 1.5 0 0 1 17.5 5v14a1.5 1.5 0 0 1-1.5 1.5H8A1.5 1.5 0 0 1 6.5 19V5A1.5 1.5 0 0 1 8 3.5ZM11 17.5h2';
const SUN =
  'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8Zm0-5v1.5M12 19.5V21M3 12h1.5M19.5 12H21M5.6 5.6l1.1 1.1M17.3 17.3l1.1 1.1M5.6 18.4l1.1-1.1M17.3 6.7l1.1-1.1';
const MOON = 'M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10Z';
const HOME = 'm4 11 8-7 8 7M6 9.5V19a1 1 0 0 0 1 1h10a1 1 0 0 0 1-1V9.5M10 20v-5.5h4V20';
const ID_CARD =
  'M5 5.5h14A1.5 1.5 0 0 1 20.5 7v10a1.5 1.5 0 0 1-1.5 1.5H5A1.5 1.5 0 0 1 3.5 17V7A1.5 1.5 0 0 1 5 5.5ZM9 9a1.75 1.75 0 1 0 0 3.5A1.75 1.75 0 0 0 9 9Zm-3 6.5c.4-1.2 1.6-2 3-2s2.6.8 3 2M14.5 10H18M14.5 13.5H17';

export const ICON_PATHS: Readonly<Record<string, string>> = {
  // The element's own controls.
  paperclip:
    'm20 11.5-8.2 8.2a5 5 0 0 1-7.1-7.1l8.5-8.5a3.4 3.4 0 0 1 4.8 4.8l-8.4 8.4a1.7 1.7 0 0 1-2.4-2.4l7.7-7.7',
  microphone:
    'M12 3.5a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0v-5a3 3 0 0 1 3-3ZM5.5 11a6.5 6.5 0 0 0 13 0M12 17.5v3M9 20.5h6',
  'arrow-up': 'M12 19V5.5M6 11l6-6 6 6',
  'arrow-down': 'M12 5v13.5M6 13l6 6 6-6',
  stop: 'M8 7h8a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1H8a1 1 0 0 1-1-1V8a1 1 0 0 1 1-1Z',
  copy: 'M9.5 8.5h8A1.5 1.5 0 0 1 19 10v8.5a1.5 1.5 0 0 1-1.5 1.5h-8A1.5 1.5 0 0 1 8 18.5V10a1.5 1.5 0 0 1 1.5-1.5ZM15.5 5.5A1.5 1.5 0 0 0 14 4H6.5A1.5 1.5 0 0 0 5 5.5V14a1.5 1.5 0 0 0 1.5 1.5',
  'thumb-up':
    'M7.5 20V10.5m0 9.5H5a1 1 0 0 1-1-1v-7.5a1 1 0 0 1 1-1h2.5m0 9.5h8.7a2.5 2.5 0 0 0 2.45-2l1.1-5.4a2 2 0 0 0-1.96-2.4H14V6.5A2.5 2.5 0 0 0 11.5 4l-4 6.5',
  'thumb-down':
    'M16.5 4v9.5m0-9.5H19a1 1 0 0 1 1 1v7.5a1 1 0 0 1-1 1h-2.5m0-9.5H7.8a2.5 2.5 0 0 0-2.45 2l-1.1 5.4a2 2 0 0 0 1.96 2.4H10v3.9a2.5 2.5 0 0 0 2.5 2.5l4-6.5',
  download: 'M12 4v11M7.5 10.5 12 15l4.5-4.5M5 16.5v2A1.5 1.5 0 0 0 6.5 20h11a1.5 1.5 0 0 0 1.5-1.5v-2',
  trash:
    'M4.5 6.5h15M9.5 6.5V5a1 1 0 0 1 1-1h3a1 1 0 0 1 1 1v1.5M6.5 6.5l.8 12a1.5 1.5 0 0 0 1.5 1.5h6.4a1.5 1.5 0 0 0 1.5-1.5l.8-12M10 10.5v5.5M14 10.5v5.5',
  wrap: 'M4 6h16M4 12h12.5a3 3 0 0 1 0 6H12m2.5-2.5L12 18l2.5 2.5M4 18h4',
  warning: 'M12 4 3 19.5h18L12 4Zm0 6v4.5M12 17v.01',
  quote: 'M5 6v4.5A3.5 3.5 0 0 0 8.5 14H19m0 0-4-4m4 4-4 4',
  tool: 'M14.5 6.5a4 4 0 0 0-5.2 5.1L4.5 16.4a1.8 1.8 0 0 0 2.6 2.6l4.8-4.8a4 4 0 0 0 5.1-5.2l-2.5 2.5-2-.5-.5-2 2.5-2.5Z',
  'chevron-down': 'm6 9.5 6 6 6-6',

  // The built-in names of the protocol.
  agent:
    'M7 8.5h10a2 2 0 0 1 2 2v6a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2v-6a2 2 0 0 1 2-2Zm5-4v4M9.5 12.5v1.5M14.5 12.5v1.5M2.5 12.5v2M21.5 12.5v2',
  analytics: 'M4 19.5h16M6.5 15.5l3.5-5 3.5 3 4.5-7.5',
  atom: 'M12 12v.01M12 7.5c5 0 9 2 9 4.5s-4 4.5-9 4.5-9-2-9-4.5 4-4.5 9-4.5Zm-3.9 2.25c2.5-4.33 6.24-6.8 8.4-5.54 2.16 1.25 1.9 5.73-.6 10.06-2.5 4.33-6.24 6.8-8.4 5.54-2.16-1.25-1.9-5.73.6-10.06Z',
  batch: 'M12 4 3.5 8.5 12 13l8.5-4.5L12 4ZM4 12.5l8 4.3 8-4.3M4 16.2l8 4.3 8-4.3',
  bolt: BOLT,
  'book-open': BOOK,
  'book-closed': BOOK_CLOSED,
  'book-clock': BOOK_CLOSED,
  bug: 'M12 8a4.5 4.5 0 0 1 4.5 4.5v2.5a4.5 4.5 0 0 1-9 0v-2.5A4.5 4.5 0 0 1 12 8Zm0 0v11.5M9 8.5a3 3 0 0 1 6 0M4 9l3.8 1.8M20 9l-3.8 1.8M3.5 14h4M16.5 14h4M4.5 19.5l3.5-2.2M19.5 19.5 16 17.3',
  calendar:
    'M6 5.5h12A1.5 1.5 0 0 1 19.5 7v11a1.5 1.5 0 0 1-1.5 1.5H6A1.5 1.5 0 0 1 4.5 18V7A1.5 1.5 0 0 1 6 5.5ZM4.5 10h15M8.5 3.5v4M15.5 3.5v4',
  chart: CHART,
  check: CHECK,
  'check-circle': CHECK_CIRCLE,
  'check-circle-filled': CHECK_CIRCLE,
  'chevron-left': CHEVRON_LEFT,
  'chevron-right': CHEVRON_RIGHT,
  'circle-question': `${CIRCLE}M9.7 9.7a2.4 2.4 0 1 1 3.5 2.1c-.8.4-1.2.9-1.2 1.7M12 16.5v.01`,
  clock: CLOCK,
  compass: `${CIRCLE}m3.5 5-2 5-5 2 2-5 5-2Z`,
  confetti: 'm5 19.5 3.5-10 6.5 6.5-10 3.5ZM13 4.5v2M19.5 11h-2M18.5 5.5l-3 3M9.5 4v.01M20 15v.01',
  cube: CUBE,
  desktop:
    'M5 4.5h14A1.5 1.5 0 0 1 20.5 6v9a1.5 1.5 0 0 1-1.5 1.5H5A1.5 1.5 0 0 1 3.5 15V6A1.5 1.5 0 0 1 5 4.5ZM9 20h6M12 16.5V20',
  document: DOCUMENT,
  dot: 'M12 11.5a.5.5 0 1 0 0 1 .5.5 0 0 0 0-1Z',
  'dots-horizontal': DOTS,
  'dots-vertical': DOTS_UP,
  'empty-circle': CIRCLE,
  'external-link':
    'M13.5 4.5h6v6M19.5 4.5l-8 8M17 13.5V18a1.5 1.5 0 0 1-1.5 1.5H6A1.5 1.5 0 0 1 4.5 18V8.5A1.5 1.5 0 0 1 6 7h4.5',
  globe: GLOBE,
  keys: 'M8 10.5a4 4 0 1 0 0 8 4 4 0 0 0 0-8Zm2.9 1.1L19.5 3.5M16 6.8l2.7 2.7',
  lab: 'M9.5 4h5M10.5 4v5.5L5.3 18a1.5 1.5 0 0 0 1.3 2.3h10.8a1.5 1.5 0 0 0 1.3-2.3l-5.2-8.5V4M8 15h8',
  images: IMAGE,
  at: 'M15.5 12a3.5 3.5 0 1 0-7 0 3.5 3.5 0 0 0 7 0Zm0-3.5V13a2.5 2.5 0 0 0 5 0v-1a8.5 8.5 0 1 0-3.4 6.8',
  info: `${CIRCLE}M12 11v5M12 8v.01`,
  lifesaver: `${CIRCLE}M12 8.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7ZM6 6l3.5 3.5M14.5 14.5 18 18M18 6l-3.5 3.5M9.5 14.5 6 18`,
  lightbulb: LIGHTBULB,
  mail: MAIL,
  'map-pin':
    'M12 3.5a6.5 6.5 0 0 1 6.5 6.5c0 4.5-6.5 10.5-6.5 10.5S5.5 14.5 5.5 10A6.5 6.5 0 0 1 12 3.5Zm0 4.2a2.3 2.3 0 1 0 0 4.6 2.3 2.3 0 0 0 0-4.6Z',
  maps: 'm9 5-5 2v12l5-2 6 2 5-2V5l-5 2-6-2Zm0 0v12M15 7v12',
  mobile: PHONE,
  name: ID_CARD,
  notebook:
    'M8 3.5h9A1.5 1.5 0 0 1 18.5 5v14a1.5 1.5 0 0 1-1.5 1.5H8A1.5 1.5 0 0 1 6.5 19V5A1.5 1.5 0 0 1 8 3.5ZM4.5 8h4M4.5 12h4M4.5 16h4',
  'notebook-pencil': COMPOSE,
  'page-blank': PAGE,
  phone: PHONE,
  play: 'M8 5.5v13l10.5-6.5L8 5.5Z',
  plus: 'M12 5v14M5 12h14',
  profile: USER,
  'profile-card': ID_CARD,
  reload: 'M19.5 5v4.5H15M19.2 9.5A7.5 7.5 0 1 0 19.5 13',
  star: STAR,
  'star-filled': STAR,
  search: SEARCH,
  sparkle: SPARKLE,
  'sparkle-double':
    'M10 5.5 11.5 10a2 2 0 0 0 1.2 1.2l4.3 1.5-4.3 1.5a2 2 0 0 0-1.2 1.2L10 20l-1.5-4.6a2 2 0 0 0-1.2-1.2L3 12.7l4.3-1.5A2 2 0 0 0 8.5 10L10 5.5ZM18 3.5v5M20.5 6h-5',
  'square-code': CODE,
  'square-image': IMAGE,
  'square-text':
    'M6 4.5h12A1.5 1.5 0 0 1 19.5 6v12a1.5 1.5 0 0 1-1.5 1.5H6A1.5 1.5 0 0 1 4.5 18V6A1.5 1.5 0 0 1 6 4.5ZM8.5 9h7M8.5 12h7M8.5 15h4',
  suitcase: SUITCASE,
  'settings-slider': SLIDERS,
  user: USER,
  wreath:
    'M8 4.5c-3 2-4.5 5-4 8.5.4 3 2.5 5.5 5.5 6.5M16 4.5c3 2 4.5 5 4 8.5-.4 3-2.5 5.5-5.5 6.5M4.5 9.5 7 10M4.5 14.5 7 13.5M7.5 18l1-2.3M19.5 9.5 17 10M19.5 14.5 17 13.5M16.5 18l-1-2.3',
  write: WRITE,
  'write-alt': WRITE,
  'write-alt2': COMPOSE,

  // Header names.
  'sidebar-left': SIDEBAR_LEFT,
  'sidebar-right': SIDEBAR_RIGHT,
  'sidebar-open-left': SIDEBAR_LEFT,
  'sidebar-open-right': SIDEBAR_RIGHT,
  'sidebar-open-left-alt': SIDEBAR_LEFT,
  'sidebar-open-right-alt': SIDEBAR_RIGHT,
  'sidebar-floating-left': SIDEBAR_LEFT,
  'sidebar-floating-right': SIDEBAR_RIGHT,
  'sidebar-floating-open-left': SIDEBAR_LEFT,
  'sidebar-floating-open-right': SIDEBAR_RIGHT,
  'sidebar-collapse-left': SIDEBAR_LEFT,
  'sidebar-collapse-right': SIDEBAR_RIGHT,
  'collapse-left': 'M4.5 5v14M19.5 12H8.5m5-5-5 5 5 5',
  'collapse-right': 'M19.5 5v14M4.5 12h11m-5-5 5 5-5 5',
  'open-left': 'M19.5 5v14M15.5 12h-11m5-5-5 5 5 5',
  'open-right': 'M4.5 5v14M8.5 12h11m-5-5 5 5-5 5',
  'double-chevron-left': 'm12.5 6-6 6 6 6M18.5 6l-6 6 6 6',
  'double-chevron-right': 'm5.5 6 6 6-6 6M11.5 6l6 6-6 6',
  home: HOME,
  'home-alt': HOME,
  'back-small': CHEVRON_LEFT,
  'back-large': ARROW_LEFT,
  'expand-large': EXPAND,
  'collapse-large': COLLAPSE,
  'expand-small': EXPAND,
  'collapse-small': COLLAPSE,
  'chat-temporary':
    'M12 4.5c4.7 0 8.5 3.1 8.5 7s-3.8 7-8.5 7c-1 0-2-.15-2.9-.4L4.5 19.5l1-3.7c-1.25-1.2-2-2.7-2-4.3 0-3.9 3.8-7 8.5-7Z',
  'settings-cog': GEAR,
  grid: 'M4.5 4.5h6v6h-6v-6ZM13.5 4.5h6v6h-6v-6ZM4.5 13.5h6v6h-6v-6ZM13.5 13.5h6v6h-6v-6Z',
  'dots-horizontal-circle': `${CIRCLE}M8.5 12h.01M12 12h.01M15.5 12h.01`,
  'dots-vertical-circle': `${CIRCLE}M12 8.5v.01M12 12v.01M12 15.5v.01`,
  menu: MENU,
  'menu-inverted': MENU,
  hamburger: 'M4 9h16M4 15h16',
  history: HISTORY,
  compose: COMPOSE,
  share: 'M12 14.5v-10M8 8l4-4 4 4M6 11.5v7A1.5 1.5 0 0 0 7.5 20h9a1.5 1.5 0 0 0 1.5-1.5v-7',
  'light-mode': SUN,
  'dark-mode': MOON,
  close: 'm6.5 6.5 11 11M17.5 6.5l-11 11',
};

/** Drawn filled as well as stroked. */
export const FILLED_ICONS: ReadonlySet<string> = new Set(['stop', 'star-filled', 'dot', 'play']);
