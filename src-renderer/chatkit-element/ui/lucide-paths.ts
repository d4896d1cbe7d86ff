/**
 * The `lucide:` names that are asked for most, drawn in our own set: many of them mean what one of its drawings shows,
 * the others have one of their own here. The keys are names as lucide.dev spells them, without the prefix.
 */
import { CIRCLE, ICON_PATHS } from './icon-paths.ts';

const CLOUD = 'M7 17.5a4 4 0 0 1-.3-8 5.5 5.5 0 0 1 10.6 1.2 3.4 3.4 0 0 1-.3 6.8H7Z';
const CLOUD_HIGH = 'M7.5 14a3.7 3.7 0 0 1-.3-7.4 5.2 5.2 0 0 1 10 1.1 3.2 3.2 0 0 1-.4 6.3H7.5Z';
const LOCK_BODY =
  'M7 11h10a1.5 1.5 0 0 1 1.5 1.5V18a1.5 1.5 0 0 1-1.5 1.5H7A1.5 1.5 0 0 1 5.5 18v-5.5A1.5 1.5 0 0 1 7 11Z';
const SHIELD = 'M12 3.5 5 6v5.5c0 4.2 2.8 7.4 7 9 4.2-1.6 7-4.8 7-9V6l-7-2.5Z';
const FOLDER =
  'M5 5.5h4.5l2 2.5H19a1.5 1.5 0 0 1 1.5 1.5V17a1.5 1.5 0 0 1-1.5 1.5H5A1.5 1.5 0 0 1 3.5 17V7A1.5 1.5 0 0 1 5 5.5Z';
const USERS =
  'M9.5 5a3.25 3.25 0 1 0 0 6.5 3.25 3.25 0 0 0 0-6.5ZM3 19.5c.5-3 3-4.8 6.5-4.8s6 1.8 6.5 4.8M15.5 5.3a3.25 3.25 0 0 1 0 5.9M18 15.2c1.7.7 2.7 2.2 3 4.3';
const BELL = 'M6.5 10a5.5 5.5 0 0 1 11 0c0 4 1.8 6 1.8 6H4.7s1.8-2 1.8-6ZM10 19a2.2 2.2 0 0 0 4 0';
const CART =
  'M3.5 4.5H6l2.2 10.5h9.3L19.5 8H6.8M9 18.2a.9.9 0 1 0 0 1.8.9.9 0 0 0 0-1.8ZM17 18.2a.9.9 0 1 0 0 1.8.9.9 0 0 0 0-1.8Z';
const CARD =
  'M5 5.5h14A1.5 1.5 0 0 1 20.5 7v10a1.5 1.5 0 0 1-1.5 1.5H5A1.5 1.5 0 0 1 3.5 17V7A1.5 1.5 0 0 1 5 5.5ZM3.5 10h17M7 14.5h3';
const CAR =
  'M5 16.5v2M19 16.5v2M4 11.5 6 6.8a1.5 1.5 0 0 1 1.4-.9h9.2a1.5 1.5 0 0 1 1.4.9l2 4.7M5 11.5h14a1.5 1.5 0 0 1 1.5 1.5v3.5h-17V13A1.5 1.5 0 0 1 5 11.5ZM7 14v.01M17 14v.01';
const TRAIN =
  'M8 3.5h8A2.5 2.5 0 0 1 18.5 6v8a2.5 2.5 0 0 1-2.5 2.5H8A2.5 2.5 0 0 1 5.5 14V6A2.5 2.5 0 0 1 8 3.5ZM5.5 10.5h13M9 13.5v.01M15 13.5v.01M9 16.5l-2 4M15 16.5l2 4';
const PLANE =
  'M20.5 4.5c-1-1-2.5-.6-3.5.4L13.8 8 6 6 4.5 7.5l6.3 3.4-3.2 3.2-2.4-.4L4 15l3.3 1.7L9 20l1.2-1.2-.4-2.4 3.2-3.2 3.4 6.3L18 18l-2-7.8L19.1 7c1-1 1.9-2 1.4-2.5Z';
const BUILDING =
  'M6.5 20V5A1.5 1.5 0 0 1 8 3.5h8A1.5 1.5 0 0 1 17.5 5v15M4 20h16M10 7.5h.01M14 7.5h.01M10 11h.01M14 11h.01M10.5 20v-4.5h3V20';
const MESSAGE = 'M6 5h12a2 2 0 0 1 2 2v7.5a2 2 0 0 1-2 2h-6L7.5 20v-3.5H6a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2Z';
const HEART =
  'M12 20S4 15.2 4 9.4A4.4 4.4 0 0 1 8.4 5c1.5 0 2.8.8 3.6 2 .8-1.2 2.1-2 3.6-2A4.4 4.4 0 0 1 20 9.4C20 15.2 12 20 12 20Z';
const EYE =
  'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12ZM12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6Z';
const TRUCK =
  'M3.5 6.5h10v10h-10v-10ZM13.5 10H17l3.5 3.5v3h-7V10ZM7 16.5a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6ZM17 16.5a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6Z';
const ROTATE = 'M4.5 5v4.5H9M4.8 9.5A7.5 7.5 0 1 1 4.5 13';

/** Drawings that only `lucide:` names ask for. */
const OWN: Readonly<Record<string, string>> = {
  'alarm-clock': `M12 6a7 7 0 1 0 0 14 7 7 0 0 0 0-14ZM12 9.5V13l2.5 1.5M3.5 6.5l3-2.5M20.5 6.5l-3-2.5`,
  'arrow-left': 'M19 12H5.5M11 6l-6 6 6 6',
  'arrow-right': 'M5 12h13.5M13 6l6 6-6 6',
  'arrow-up-right': 'M7 17 17 7M8.5 7H17v8.5',
  award: 'M12 4a5 5 0 1 0 0 10 5 5 0 0 0 0-10ZM9 13.2 8 20.5l4-2.3 4 2.3-1-7.3',
  banknote:
    'M4 6.5h16a.8.8 0 0 1 .8.8v9.4a.8.8 0 0 1-.8.8H4a.8.8 0 0 1-.8-.8V7.3a.8.8 0 0 1 .8-.8ZM12 9.7a2.3 2.3 0 1 0 0 4.6 2.3 2.3 0 0 0 0-4.6ZM6.5 12h.01M17.5 12h.01',
  bed: 'M3.5 6v13M3.5 16h17M20.5 19v-5a3 3 0 0 0-3-3h-14M7.5 11V9h4v2',
  bell: BELL,
  bike: 'M6 13a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7ZM18 13a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7ZM6 16.5l3.5-7h6L18 16.5M9.5 9.5l3.5 7 2.5-7M8 9.5h3M14 6h2l-.5 3.5',
  bookmark: 'M7 4h10a1 1 0 0 1 1 1v15l-6-4-6 4V5a1 1 0 0 1 1-1Z',
  building: BUILDING,
  bus: 'M7 4.5h10A2.5 2.5 0 0 1 19.5 7v10h-15V7A2.5 2.5 0 0 1 7 4.5ZM4.5 12h15M7 17v2.5M17 17v2.5M8 14.7v.01M16 14.7v.01',
  camera:
    'M9 5h6l1.5 2.5H19A1.5 1.5 0 0 1 20.5 9v9a1.5 1.5 0 0 1-1.5 1.5H5A1.5 1.5 0 0 1 3.5 18V9A1.5 1.5 0 0 1 5 7.5h2.5L9 5ZM12 10a3.3 3.3 0 1 0 0 6.6 3.3 3.3 0 0 0 0-6.6Z',
  car: CAR,
  'chevron-up': 'm6 14.5 6-6 6 6',
  'circle-minus': `${CIRCLE}M8.5 12h7`,
  'circle-plus': `${CIRCLE}M12 8.5v7M8.5 12h7`,
  'circle-x': `${CIRCLE}M9.2 9.2l5.6 5.6M14.8 9.2l-5.6 5.6`,
  'circle-alert': `${CIRCLE}M12 8v4.5M12 16v.01`,
  'circle-user': `${CIRCLE}M12 7.5a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6ZM6.8 18.3c1-1.6 2.9-2.5 5.2-2.5s4.2.9 5.2 2.5`,
  cloud: CLOUD,
  'cloud-rain': `${CLOUD_HIGH}M8.5 17l-1 3M12.5 17l-1 3M16.5 17l-1 3`,
  'cloud-snow': `${CLOUD_HIGH}M8 17.5v.01M12 17.5v.01M16 17.5v.01M10 20.3v.01M14 20.3v.01`,
  'cloud-sun': `${CLOUD}M10 4.2V3M5.3 6.2l-.9-.9M14.7 6.2l.9-.9M4.6 11A5.3 5.3 0 0 1 12 6.1`,
  coffee:
    'M5 9h11v5.5A4.5 4.5 0 0 1 11.5 19h-2A4.5 4.5 0 0 1 5 14.5V9Zm11 1h1.2a2.8 2.8 0 0 1 0 5.6H16M8 3.5V6M12.5 3.5V6',
  'credit-card': CARD,
  database:
    'M12 4c4.1 0 7 1.2 7 2.8s-2.9 2.8-7 2.8-7-1.2-7-2.8S7.9 4 12 4ZM5 6.8v10.4C5 18.8 7.9 20 12 20s7-1.2 7-2.8V6.8M5 12c0 1.6 2.9 2.8 7 2.8s7-1.2 7-2.8',
  'dollar-sign':
    'M12 3.5v17M16.5 7.5c-.6-1.4-2.2-2.2-4.5-2.2-2.7 0-4.5 1.2-4.5 3.2 0 4.6 9.3 2.2 9.3 6.9 0 2-1.9 3.3-4.8 3.3-2.5 0-4.2-.9-4.8-2.5',
  droplet: 'M12 3.5s6 6.2 6 10.5a6 6 0 0 1-12 0c0-4.3 6-10.5 6-10.5Z',
  euro: 'M17.5 6.5A6.8 6.8 0 0 0 7 12a6.8 6.8 0 0 0 10.5 5.5M4.5 10.5h8.5M4.5 13.5h8.5',
  eye: EYE,
  'eye-off': `${EYE}M4.5 4.5l15 15`,
  flag: 'M5.5 20.5v-16c3-1.6 5.5-1 7 0s4 1.6 6 .5V14c-2 1.1-4.5.5-6-.5s-4-1.6-7 0',
  flame:
    'M12 3.5c1 3.5 5.5 5.5 5.5 10.5a5.5 5.5 0 0 1-11 0c0-2 1-3.5 2-4.5.3 1.5 1 2.3 2 2.7-.7-3.2.3-6.4 1.5-8.7Z',
  folder: FOLDER,
  funnel: 'M4 5h16l-6.2 7.5V19l-3.6-2v-4.5L4 5Z',
  gift: 'M4 8.5h16V12H4V8.5ZM5.5 12v8h13v-8M12 8.5V20M12 8.5S10.8 4 8.3 4C5.7 4 5.6 8.5 12 8.5Zm0 0S13.2 4 15.7 4c2.6 0 2.7 4.5-3.7 4.5Z',
  hash: 'M9.5 4 7.5 20M16.5 4l-2 16M4.5 9h16M3.5 15h16',
  heart: HEART,
  leaf: 'M5 19.5c6.5-1 8.5-4 9.5-7M19.5 4.5c.8 9-2.5 13.5-8 13.5-3.3 0-5-2-5-4.5 0-5 6-6 13-9Z',
  link: 'M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1.2 1.2M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1.2-1.2',
  list: 'M9 6.5h11M9 12h11M9 17.5h11M4.5 6.5h.01M4.5 12h.01M4.5 17.5h.01',
  lock: `${LOCK_BODY}M8.5 11V7.5a3.5 3.5 0 0 1 7 0V11`,
  'lock-open': `${LOCK_BODY}M8.5 11V7.5a3.5 3.5 0 0 1 6.8-1.2`,
  'log-in': 'M14 4.5h3.5A1.5 1.5 0 0 1 19 6v12a1.5 1.5 0 0 1-1.5 1.5H14M4.5 12H15M10.5 7.5 15 12l-4.5 4.5',
  'log-out': 'M10 4.5H6.5A1.5 1.5 0 0 0 5 6v12a1.5 1.5 0 0 0 1.5 1.5H10M9.5 12H20M15.5 7.5 20 12l-4.5 4.5',
  'message-square': MESSAGE,
  minus: 'M5 12h14',
  music:
    'M9 17V5.5l10-2V15M6.5 14.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5ZM16.5 12.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5Z',
  pause: 'M8.5 5.5v13M15.5 5.5v13',
  percent:
    'M18.5 5.5l-13 13M7 4.8a2.2 2.2 0 1 0 0 4.4 2.2 2.2 0 0 0 0-4.4ZM17 14.8a2.2 2.2 0 1 0 0 4.4 2.2 2.2 0 0 0 0-4.4Z',
  plane: PLANE,
  printer:
    'M7.5 8.5v-5h9v5M7.5 16.5h-2A1.5 1.5 0 0 1 4 15v-5a1.5 1.5 0 0 1 1.5-1.5h13A1.5 1.5 0 0 1 20 10v5a1.5 1.5 0 0 1-1.5 1.5h-2M7.5 14h9v6.5h-9V14Z',
  'rotate-ccw': ROTATE,
  sailboat: 'M10.5 3.5v12M10.5 4.5 18.5 15.5H3.8l6.7-9M3.5 18.5h17l-1.6 2H5.1l-1.6-2Z',
  send: 'M20.5 3.5 3.5 10l7 3.5 3.5 7 6.5-17Zm-10 10 5-5',
  shield: SHIELD,
  'shield-check': `${SHIELD}m-3.3 8.3 2.4 2.4 4.4-4.4`,
  'shopping-bag':
    'M6 8h12l1 11a1.4 1.4 0 0 1-1.4 1.5H6.4A1.4 1.4 0 0 1 5 19L6 8ZM8.8 10.5V7a3.2 3.2 0 0 1 6.4 0v3.5',
  'shopping-cart': CART,
  square:
    'M6 4.5h12A1.5 1.5 0 0 1 19.5 6v12a1.5 1.5 0 0 1-1.5 1.5H6A1.5 1.5 0 0 1 4.5 18V6A1.5 1.5 0 0 1 6 4.5Z',
  tag: 'M4 4.5h7.5l8.3 8.3a1.5 1.5 0 0 1 0 2.1l-5.2 5.2a1.5 1.5 0 0 1-2.1 0L4 11.5v-7ZM8 8.5v.01',
  target: `${CIRCLE}M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM12 12v.01`,
  thermometer: 'M12 3.5a2 2 0 0 1 2 2v8.4a3.8 3.8 0 1 1-4 0V5.5a2 2 0 0 1 2-2ZM12 9v8',
  ticket:
    'M4.5 6h15a1 1 0 0 1 1 1v2.6a2.5 2.5 0 0 0 0 4.8V17a1 1 0 0 1-1 1h-15a1 1 0 0 1-1-1v-2.6a2.5 2.5 0 0 0 0-4.8V7a1 1 0 0 1 1-1ZM14 6v2M14 11v2M14 16v2',
  timer: 'M12 6.5a7 7 0 1 0 0 14 7 7 0 0 0 0-14ZM12 10v3.5M9.5 3.5h5',
  'train-front': TRAIN,
  'trending-down': 'M4 7l6 6 4-4 6.5 6.5M15 15.5h5.5V10',
  'trending-up': 'M4 17l6-6 4 4 6.5-6.5M15 8.5h5.5V14',
  trophy:
    'M7.5 4h9v5.5a4.5 4.5 0 0 1-9 0V4ZM7.5 5.5H4.5c0 3 1 4.7 3.2 5M16.5 5.5h3c0 3-1 4.7-3.2 5M12 14v3.5M8.5 20h7M9.5 20c0-1.5 1-2.5 2.5-2.5s2.5 1 2.5 2.5',
  truck: TRUCK,
  umbrella: 'M12 3.5v1M3.5 12.5a8.5 8.5 0 0 1 17 0h-17Zm8.5 0V18a2 2 0 0 1-4 0',
  upload: 'M12 15V4M7.5 8.5 12 4l4.5 4.5M5 16.5v2A1.5 1.5 0 0 0 6.5 20h11a1.5 1.5 0 0 0 1.5-1.5v-2',
  users: USERS,
  utensils: 'M8 3.5v17M5 3.5V8a3 3 0 0 0 6 0V3.5M16.5 20.5v-17c-2 1-3 3.5-3 6.5v3h3',
  video:
    'M5 6.5h8.5A1.5 1.5 0 0 1 15 8v8a1.5 1.5 0 0 1-1.5 1.5H5A1.5 1.5 0 0 1 3.5 16V8A1.5 1.5 0 0 1 5 6.5ZM15 10.5l5.5-3v9l-5.5-3',
  'volume-2': 'M4 9.5h3.5L12 5.5v13l-4.5-4H4v-5ZM15.5 9a4 4 0 0 1 0 6M18 6.5a7.5 7.5 0 0 1 0 11',
  wallet:
    'M5.5 6H18v3M5.5 6a1.75 1.75 0 0 0 0 3.5H19A1.5 1.5 0 0 1 20.5 11v7a1.5 1.5 0 0 1-1.5 1.5H5.5A1.75 1.75 0 0 1 3.75 17.7V7.7M16.5 14.5h.01',
  wifi: 'M3 9.5a13 13 0 0 1 18 0M6 13a8.7 8.7 0 0 1 12 0M9 16.3a4.4 4.4 0 0 1 6 0M12 19.5h.01',
  wind: 'M3.5 9H13a2.5 2.5 0 1 0-2.3-3.5M3.5 12.5h14a2.7 2.7 0 1 1-2.5 3.8M3.5 16h6.3a2.2 2.2 0 1 1-2 3',
};

/** Names that are another drawing's: of those above, or of the set. */
export const SAME_AS: Readonly<Record<string, string>> = {
  activity: 'analytics',
  'alert-circle': 'circle-alert',
  'alert-triangle': 'warning',
  'align-left': 'list',
  'arrow-down-to-line': 'download',
  download: 'download',
  'at-sign': 'at',
  'badge-check': 'check-circle',
  'bar-chart': 'chart',
  'bar-chart-3': 'chart',
  book: 'book-closed',
  bot: 'agent',
  box: 'cube',
  briefcase: 'suitcase',
  'building-2': 'building',
  'calendar-days': 'calendar',
  'calendar-check': 'calendar',
  'chart-bar': 'chart',
  'chart-column': 'chart',
  'chart-line': 'analytics',
  'check-check': 'check',
  'check-circle-2': 'check-circle',
  circle: 'empty-circle',
  'circle-check': 'check-circle',
  'circle-check-big': 'check-circle',
  'circle-dollar-sign': 'dollar-sign',
  'circle-help': 'circle-question',
  'circle-question-mark': 'circle-question',
  'clipboard-list': 'square-text',
  clipboard: 'document',
  'clock-3': 'clock',
  code: 'square-code',
  'code-2': 'square-code',
  coins: 'banknote',
  edit: 'write',
  ellipsis: 'dots-horizontal',
  'ellipsis-vertical': 'dots-vertical',
  file: 'page-blank',
  'file-text': 'document',
  files: 'copy',
  filter: 'funnel',
  'flask-conical': 'lab',
  'folder-open': 'folder',
  'globe-2': 'globe',
  headphones: 'music',
  'help-circle': 'circle-question',
  hotel: 'bed',
  house: 'home',
  image: 'square-image',
  key: 'keys',
  'key-round': 'keys',
  laptop: 'desktop',
  layers: 'batch',
  'layout-dashboard': 'grid',
  'layout-grid': 'grid',
  'life-buoy': 'lifesaver',
  'link-2': 'link',
  loader: 'reload',
  map: 'maps',
  'message-circle': 'message-square',
  mic: 'microphone',
  monitor: 'desktop',
  'more-horizontal': 'dots-horizontal',
  'more-vertical': 'dots-vertical',
  package: 'cube',
  'party-popper': 'confetti',
  pencil: 'write',
  pen: 'write',
  'pen-line': 'write',
  'phone-call': 'phone',
  'plus-circle': 'circle-plus',
  'refresh-ccw': 'reload',
  'refresh-cw': 'reload',
  'rotate-cw': 'reload',
  settings: 'settings-cog',
  'settings-2': 'settings-slider',
  'share-2': 'share',
  'shopping-basket': 'shopping-bag',
  sliders: 'settings-slider',
  'sliders-horizontal': 'settings-slider',
  smartphone: 'mobile',
  sparkles: 'sparkle-double',
  'square-pen': 'compose',
  'sticky-note': 'page-blank',
  store: 'shopping-bag',
  sun: 'light-mode',
  moon: 'dark-mode',
  tags: 'tag',
  terminal: 'square-code',
  'thumbs-down': 'thumb-down',
  'thumbs-up': 'thumb-up',
  train: 'train-front',
  'trash-2': 'trash',
  'triangle-alert': 'warning',
  tv: 'desktop',
  'undo-2': 'rotate-ccw',
  unlock: 'lock-open',
  'user-round': 'user',
  'users-round': 'users',
  'utensils-crossed': 'utensils',
  wrench: 'tool',
  x: 'close',
  'x-circle': 'circle-x',
  zap: 'bolt',
};

/** What draws a name that lucide.dev knows, without its prefix; undefined where we have no drawing for it. */
export function lucidePath(name: string): string | undefined {
  const own = Object.hasOwn(SAME_AS, name) ? SAME_AS[name] : name;
  if (own === undefined) return undefined;
  if (Object.hasOwn(OWN, own)) return OWN[own];
  return Object.hasOwn(ICON_PATHS, own) ? ICON_PATHS[own] : undefined;
}
