/** Boxes, cards, lists, tables and charts. */
import type { Words } from '../stage.ts';
import type { Node } from './nodes.ts';

const text = (value: string, props: Node = {}): Node => ({ type: 'Text', value, size: 'sm', ...props });
const block = (value: string, props: Node = {}): Node => ({
  type: 'Box',
  padding: { x: 3, y: 2 },
  radius: 'md',
  background: 'surface-tertiary',
  children: [text(value)],
  ...props,
});

export const boxes = (t: Words): Node[] => [
  {
    type: 'Card',
    size: 'lg',
    children: [
      ...['start', 'center', 'end', 'between'].map((justify) => ({
        type: 'Row',
        justify,
        gap: 2,
        children: [block('1'), block(justify), block('3')],
      })),
      {
        type: 'Row',
        gap: 3,
        align: 'stretch',
        children: [
          block(t('One\nof two lines', 'واحد\nمن سطرين')),
          { type: 'Col', gap: 1, flex: 1, align: 'end', children: [block('a'), block('b')] },
          {
            type: 'Box',
            direction: 'row',
            gap: 2,
            flex: 1,
            align: 'center',
            justify: 'center',
            border: 1,
            radius: 'lg',
            children: [text('1'), text('2')],
          },
        ],
      },
      { type: 'Divider' },
      {
        type: 'Row',
        gap: 2,
        children: [
          block('none', { radius: 'none' }),
          block('sm', { radius: 'sm' }),
          block('xl', { radius: 'xl' }),
          block('full', { radius: 'full', padding: { x: 4, y: 2 } }),
          block('dashed', { background: 'surface', border: { size: 1, style: 'dashed', color: 'strong' } }),
          block('left', {
            background: 'surface-secondary',
            border: { left: { size: 3, color: 'blue-500' } },
          }),
        ],
        wrap: 'wrap',
      },
      {
        type: 'Row',
        gap: 2,
        wrap: 'wrap',
        children: [
          'surface',
          'surface-secondary',
          'surface-tertiary',
          'surface-elevated',
          'surface-elevated-secondary',
          'blue-100',
          'green-200',
          '#fff3d0',
        ].map((background) => ({
          type: 'Box',
          background,
          padding: 3,
          border: 1,
          radius: 'md',
          children: [{ type: 'Icon', name: 'square-text', color: 'gray-500' }],
        })),
      },
      {
        type: 'Row',
        children: [text(t('Left', 'البداية')), { type: 'Spacer' }, text(t('Right', 'النهاية'))],
      },
      {
        type: 'Row',
        gap: 2,
        children: [
          text('A'),
          { type: 'Divider', spacing: 2 },
          text('B'),
          { type: 'Divider', spacing: 2, color: 'strong', size: 2 },
          text('C'),
        ],
        height: 24,
      },
      { type: 'Divider', flush: true, color: 'strong' },
      { type: 'Transition', children: text(t('One child in a transition', 'عنصر واحد في انتقال')) },
      {
        type: 'Form',
        direction: 'col',
        gap: 2,
        onSubmitAction: { type: 'go' },
        children: [
          { type: 'Label', value: t('In a form', 'في نموذج'), fieldName: 'word' },
          {
            type: 'Row',
            gap: 2,
            children: [
              { type: 'Input', name: 'word', placeholder: t('Word', 'كلمة') },
              { type: 'Button', submit: true, style: 'primary', label: t('Go', 'اذهب'), size: 'md' },
            ],
          },
        ],
      },
      {
        type: 'Hologram',
        label: t('From the future', 'من المستقبل'),
        children: [text(t('What is inside is still here', 'ما في الداخل لا يزال هنا'))],
      },
    ],
  },
];

export const cards = (t: Words): Node[] => {
  const body = [
    { type: 'Title', value: t('Flight to Lisbon', 'رحلة إلى لشبونة', 'Vol pour Lisbonne'), size: 'sm' },
    {
      type: 'Text',
      value: t('Leaves at 09:40 from gate B12.', 'تقلع في 09:40 من البوابة B12.'),
      color: 'secondary',
      size: 'sm',
    },
  ];
  return [
    { type: 'Card', size: 'sm', children: body },
    {
      type: 'Card',
      size: 'md',
      status: { text: t('Aerolinha', 'شركة طيران'), favicon: '/pictures/mark.svg', frame: true },
      children: body,
      confirm: { label: t('Check in', 'تسجيل الوصول'), action: { type: 'go' } },
      cancel: { label: t('Later', 'لاحقا'), action: { type: 'no' } },
    },
    {
      type: 'Card',
      size: 'md',
      collapsed: true,
      status: { text: t('Three steps are done', 'اكتملت ثلاث خطوات'), icon: 'check-circle' },
      children: body,
    },
    {
      type: 'Card',
      size: 'lg',
      theme: 'dark',
      status: { text: t('Always dark', 'داكن دائما'), icon: 'sparkle' },
      children: [
        ...body,
        { type: 'Button', style: 'primary', label: t('Open', 'فتح'), onClickAction: { type: 'x' } },
      ],
    },
    {
      type: 'Card',
      size: 'lg',
      theme: 'light',
      children: [...body, { type: 'Badge', label: t('Always light', 'فاتح دائما'), color: 'success' }],
    },
    {
      type: 'Card',
      size: 'full',
      background: { light: '#eef4ff', dark: '#172340' },
      border: { size: 1, color: 'blue-500' },
      padding: 6,
      children: body,
    },
    {
      type: 'Basic',
      gap: 2,
      children: [
        { type: 'Text', value: t('Without any frame', 'بلا أي إطار') },
        { type: 'Badge', label: t('Basic', 'أساسي'), color: 'info' },
      ],
    },
  ];
};

export const lists = (t: Words): Node[] => [
  {
    type: 'ListView',
    limit: 3,
    status: { text: t('Seven places nearby', 'سبعة أماكن قريبة'), icon: 'map-pin' },
    children: Array.from({ length: 7 }, (_, index) => ({
      type: 'ListViewItem',
      key: `place-${index}`,
      onClickAction: { type: 'open', payload: { index } },
      children: [
        {
          type: 'Image',
          src: index % 2 === 0 ? '/pictures/hills.svg' : '/pictures/dusk.svg',
          alt: '',
          size: 40,
          radius: 'md',
        },
        {
          type: 'Col',
          flex: 1,
          children: [
            {
              type: 'Text',
              value: t(`Café number ${index + 1}`, `مقهى رقم ${index + 1}`),
              weight: 'medium',
              truncate: true,
            },
            { type: 'Caption', value: t('Open until ten', 'مفتوح حتى العاشرة') },
          ],
        },
        { type: 'Badge', label: t('New', 'جديد'), color: 'success' },
        { type: 'Icon', name: 'chevron-right', color: 'tertiary' },
      ],
    })),
  },
  {
    type: 'ListView',
    children: [
      t('Not clickable', 'غير قابل للنقر'),
      t(
        'A row whose words go on for so long that they need a second line to end on',
        'صف تطول كلماته إلى أن تحتاج سطرا ثانيا لتنتهي فيه',
      ),
    ].map((value, index) => ({
      type: 'ListViewItem',
      key: `plain-${index}`,
      align: 'start',
      gap: 2,
      children: [
        { type: 'Icon', name: 'check', color: 'success' },
        { type: 'Text', value, size: 'sm' },
      ],
    })),
  },
];

const cells = (values: string[], header = false): Node => ({
  type: 'Table.Row',
  header,
  children: values.map((value, column) => ({
    type: 'Table.Cell',
    align: column === 0 ? 'start' : 'end',
    children: [text(value)],
  })),
});

export const tables = (t: Words): Node[] => [
  {
    type: 'Card',
    size: 'lg',
    children: [
      {
        type: 'Title',
        value: t('Sales by quarter', 'المبيعات حسب الربع', 'Ventes par trimestre'),
        size: 'md',
      },
      {
        type: 'Table',
        children: [
          cells(
            [t('Region', 'المنطقة'), t('Q1', 'الربع ١'), t('Q2', 'الربع ٢'), t('Change', 'التغير')],
            true,
          ),
          cells([t('North', 'الشمال'), '12,400', '13,910', '+12 %']),
          cells([t('South', 'الجنوب'), '9,050', '8,700', '−4 %']),
          {
            type: 'Table.Row',
            children: [
              {
                type: 'Table.Cell',
                colSpan: 3,
                children: [text(t('All regions together', 'كل المناطق معا'), { weight: 'semibold' })],
              },
              {
                type: 'Table.Cell',
                align: 'end',
                children: [{ type: 'Badge', label: '+5 %', color: 'success' }],
              },
            ],
          },
        ],
      },
      {
        type: 'Table',
        children: [
          {
            type: 'Table.Row',
            children: [
              {
                type: 'Table.Cell',
                rowSpan: 2,
                vAlign: 'center',
                colSize: 'xs',
                children: [{ type: 'Icon', name: 'user', size: 'lg' }],
              },
              { type: 'Table.Cell', colSize: 'lg', children: [text('Ada Lovelace', { weight: 'medium' })] },
              {
                type: 'Table.Cell',
                align: 'center',
                padding: 2,
                children: [{ type: 'Badge', label: t('Admin', 'مشرف') }],
              },
            ],
          },
          {
            type: 'Table.Row',
            children: [
              { type: 'Table.Cell', children: [{ type: 'Caption', value: 'ada@example.com' }] },
              {
                type: 'Table.Cell',
                align: 'center',
                children: [
                  { type: 'Button', size: 'sm', label: t('Edit', 'تعديل'), onClickAction: { type: 'x' } },
                ],
              },
            ],
          },
        ],
      },
      {
        type: 'Table',
        children: [
          cells(['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August'], true),
          cells([
            '12,000,000',
            '13,000,000',
            '11,000,000',
            '16,000,000',
            '18,000,000',
            '21,000,000',
            '24,000,000',
            '20,000,000',
          ]),
        ],
      },
    ],
  },
];

export const charts = (t: Words): Node[] => {
  const months = [
    t('Jan', 'يناير'),
    t('Feb', 'فبراير'),
    t('Mar', 'مارس'),
    t('Apr', 'أبريل'),
    t('May', 'مايو'),
    t('Jun', 'يونيو'),
  ];
  const data = months.map((month, i) => ({
    month,
    a: [42, 55, 48, 70, 84, 92][i] ?? 0,
    b: [24, 30, 38, 36, 52, 60][i] ?? 0,
    c: [12, 15, 11, 22, 18, 30][i] ?? 0,
    d: [8, 6, 12, 9, 14, 12][i] ?? 0,
    e: [5, 9, 7, 11, 8, 13][i] ?? 0,
    f: [4, 4, 6, 5, 9, 7][i] ?? 0,
    g: [3, 5, 4, 6, 5, 8][i] ?? 0,
  }));
  const names = { a: t('Web', 'الويب'), b: t('App', 'التطبيق'), c: t('Shops', 'المتاجر') };
  const chart = (title: string, props: Node): Node => ({
    type: 'Card',
    size: 'lg',
    children: [
      { type: 'Title', value: title, size: 'sm' },
      { type: 'Chart', data, xAxis: 'month', height: 180, ...props },
    ],
  });
  return [
    chart(t('Bars and a line', 'أعمدة وخط'), {
      showYAxis: true,
      showLegend: true,
      series: [
        { type: 'bar', dataKey: 'a', label: names.a },
        { type: 'bar', dataKey: 'b', label: names.b },
        { type: 'line', dataKey: 'c', label: names.c },
      ],
    }),
    chart(t('Stacked, every colour', 'مكدسة بكل الألوان'), {
      showYAxis: true,
      showLegend: true,
      series: ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((dataKey) => ({ type: 'bar', dataKey, stack: 's' })),
    }),
    chart(t('Areas', 'مساحات'), {
      showLegend: true,
      series: [
        { type: 'area', dataKey: 'a', label: names.a, stack: 's' },
        { type: 'area', dataKey: 'b', label: names.b, stack: 's', curveType: 'step' },
      ],
    }),
    chart(t('One line, no axes', 'خط واحد بلا محاور'), {
      height: 96,
      xAxis: { dataKey: 'month', hide: true },
      series: [{ type: 'line', dataKey: 'a', color: 'green', curveType: 'linear' }],
    }),
    chart(t('Nothing to show', 'لا شيء لعرضه'), { data: [], series: [{ type: 'bar', dataKey: 'a' }] }),
  ];
};
