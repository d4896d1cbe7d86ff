/** One widget with every component, for the looks of them all. */
const FIELDS = [
  { type: 'Label', value: 'Name', fieldName: 'guest.name' },
  { type: 'Input', name: 'guest.name', placeholder: 'Ada Lovelace', required: true },
  { type: 'Label', value: 'Wishes', fieldName: 'wishes' },
  { type: 'Textarea', name: 'wishes', rows: 2, autoResize: true, placeholder: 'A quiet corner' },
  {
    type: 'Row',
    gap: 3,
    wrap: 'wrap',
    children: [
      {
        type: 'Select',
        name: 'table',
        placeholder: 'Table',
        clearable: true,
        options: [
          { value: 'in', label: 'Inside' },
          { value: 'out', label: 'Terrace' },
          { value: 'bar', label: 'Bar', disabled: true },
        ],
      },
      { type: 'DatePicker', name: 'day', placeholder: 'Day', min: '2026-01-01T00:00:00Z', clearable: true },
    ],
  },
  { type: 'Checkbox', name: 'terms', label: 'Hold the table for ten minutes', defaultChecked: true },
  {
    type: 'RadioGroup',
    name: 'size',
    ariaLabel: 'People',
    defaultValue: '2',
    options: [
      { value: '2', label: 'Two' },
      { value: '4', label: 'Four' },
      { value: '6', label: 'Six', disabled: true },
    ],
  },
];

const TONES = ['secondary', 'success', 'danger', 'warning', 'info', 'discovery'];
const BUTTONS = [
  { label: 'Primary', style: 'primary' },
  { label: 'Secondary' },
  { label: 'Soft', variant: 'soft', color: 'info' },
  { label: 'Danger', variant: 'solid', color: 'danger' },
  { label: 'Outline', variant: 'outline', color: 'success', pill: true },
  { label: 'Ghost', variant: 'ghost', iconEnd: 'chevron-right' },
  { label: '', iconStart: 'star', uniform: true },
  { label: 'Off', disabled: true },
];

/** The form as a card of its own. */
export const FORM = {
  type: 'Card',
  asForm: true,
  size: 'md',
  status: { text: 'Chez Ada', icon: 'calendar' },
  confirm: { label: 'Book', action: { type: 'book', payload: { place: 'ada' } } },
  cancel: { label: 'Not now', action: { type: 'dismiss' } },
  children: [{ type: 'Title', value: 'Book a table', size: 'lg' }, ...FIELDS],
};

/** Words, badges, buttons, images and boxes. */
export const PARTS = {
  type: 'Card',
  size: 'lg',
  children: [
    { type: 'Title', value: 'Everything in one card', size: 'xl' },
    { type: 'Text', value: 'A line of *plain* text that is cut when it is long '.repeat(6), maxLines: 2 },
    {
      type: 'Text',
      value: 'Struck and italic',
      italic: true,
      lineThrough: true,
      color: 'tertiary',
      size: 'sm',
    },
    { type: 'Caption', value: 'Caption in the colour of success', color: 'success' },
    { type: 'Markdown', value: 'Some **Markdown** with `code` and a [link](https://example.com).' },
    {
      type: 'Text',
      value: 'Change me in place',
      editable: { name: 'title', placeholder: 'Heading' },
      weight: 'semibold',
    },
    { type: 'Divider', flush: true },
    {
      type: 'Row',
      gap: 2,
      wrap: 'wrap',
      children: TONES.flatMap((color) => [
        { type: 'Badge', label: color, color },
        { type: 'Badge', label: color, color, variant: 'solid', pill: false },
      ]),
    },
    {
      type: 'Row',
      gap: 2,
      wrap: 'wrap',
      children: BUTTONS.map((button) => ({
        type: 'Button',
        ...button,
        onClickAction: { type: 'press', payload: { which: button.label } },
      })),
    },
    {
      type: 'Row',
      gap: 3,
      children: [
        { type: 'Icon', name: 'sparkle', size: 'xl', color: 'purple-500' },
        { type: 'Image', src: 'https://tracker.example/pixel.png', alt: 'A map', height: 64, flex: 1 },
        { type: 'Spacer' },
        {
          type: 'Box',
          padding: { x: 3, y: 2 },
          radius: 'lg',
          border: { size: 1, style: 'dashed', color: 'strong' },
          background: 'surface-secondary',
          children: [{ type: 'Text', value: 'In a box' }],
        },
      ],
    },
    { type: 'Transition', children: { type: 'Text', value: 'One child in a transition' } },
    {
      type: 'Hologram',
      title: 'x',
      label: 'From the future',
      children: [{ type: 'Text', value: 'still here' }],
    },
  ],
};

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun'];

/** A chart and a table in a card of the other scheme. */
export const FIGURES = {
  type: 'Card',
  size: 'lg',
  theme: 'dark',
  children: [
    { type: 'Title', value: 'Visitors', size: 'md' },
    {
      type: 'Chart',
      height: 180,
      showYAxis: true,
      showLegend: true,
      xAxis: { dataKey: 'month', labels: { Jan: 'January' } },
      series: [
        { type: 'bar', dataKey: 'web', label: 'Web' },
        { type: 'line', dataKey: 'app', label: 'App', color: { light: 'orange-600', dark: 'orange-300' } },
      ],
      data: MONTHS.map((month, index) => ({ month, web: 40 + index * 12, app: 20 + ((index * 17) % 60) })),
    },
    {
      type: 'Table',
      children: [
        ['City', 'Sun', 'Rain'],
        ['Lisbon', '11 h', '2 mm'],
        ['Oslo', '16 h', '40 mm'],
      ].map((cells, row) => ({
        type: 'Table.Row',
        header: row === 0,
        children: cells.map((value, column) => ({
          type: 'Table.Cell',
          align: column === 0 ? 'start' : 'end',
          children: [{ type: 'Text', value, size: 'sm' }],
        })),
      })),
    },
  ],
};

/** A list that shows its first items. */
export const LIST = {
  type: 'ListView',
  limit: 3,
  status: { text: 'Seven places', icon: 'map-pin' },
  children: Array.from({ length: 7 }, (_, index) => ({
    type: 'ListViewItem',
    key: `place-${index}`,
    onClickAction: { type: 'open', payload: { index } },
    children: [
      { type: 'Icon', name: 'map-pin', color: 'secondary' },
      {
        type: 'Col',
        flex: 1,
        children: [
          { type: 'Text', value: `Place ${index + 1}`, weight: 'medium' },
          { type: 'Caption', value: 'Open until ten' },
        ],
      },
      { type: 'Badge', label: 'New', color: 'success' },
    ],
  })),
};

/** No frame at all, and a list to search in. */
export const BASIC = {
  type: 'Basic',
  gap: 2,
  children: [
    { type: 'Text', value: 'Choose a country', weight: 'medium' },
    {
      type: 'Select',
      name: 'country',
      block: true,
      searchable: true,
      options: ['Austria', 'Belgium', 'Chile', 'Denmark'].map((label) => ({
        value: label.toLowerCase(),
        label,
        description: label === 'Chile' ? 'Far away' : null,
      })),
      onChangeAction: { type: 'country', handler: 'client' },
    },
  ],
};

/** Props that try to load, to cover the page, to break the drawing. */
export const HOSTILE = {
  type: 'Card',
  background: 'url(https://tracker.example/a.png)',
  padding: 'expression(alert(1))',
  children: [
    { type: 'Box', width: '99999px', margin: -40, background: 'red;position:fixed', children: 7 },
    { type: 'Text', value: { toString: 'no' }, color: ['x'] },
    { type: 'Image', src: 'javascript:alert(1)', alt: 'script' },
    { type: 'Table', children: [{ type: 'Text', value: 'loose in a table' }] },
    { type: 'Select', name: 'bad', options: 'none' },
    { type: '__proto__', value: 'a strange name' },
    { type: 'Text', value: 'the end is reached' },
  ],
};
