/** Words, badges, icons and pictures of widgets. */
import type { Words } from '../stage.ts';
import { type Node, row } from './nodes.ts';

const note = (value: string): Node => ({ type: 'Caption', value, size: 'sm' });

const TITLES = ['sm', 'md', 'lg', 'xl', '2xl', '3xl', '4xl', '5xl'];
const TEXTS = ['xs', 'sm', 'md', 'lg', 'xl'];
const COLORS = ['prose', 'primary', 'emphasis', 'secondary', 'tertiary', 'success', 'warning', 'danger'];
const TONES = ['secondary', 'success', 'danger', 'warning', 'info', 'discovery'];

export const texts = (t: Words): Node[] => {
  const long = t(
    'The harbour wakes before the town does: ropes creak, gulls argue, and the first boats leave while the lamps still burn. ',
    'يستيقظ الميناء قبل المدينة: تئن الحبال وتتجادل النوارس، وتغادر القوارب الأولى والمصابيح لا تزال مضاءة. ',
  );
  return [
    {
      type: 'Card',
      size: 'lg',
      children: TITLES.map((size) => ({
        type: 'Title',
        size,
        value: t('Lisbon in May', 'لشبونة في مايو', 'Lisbonne en mai'),
      })),
    },
    {
      type: 'Card',
      size: 'lg',
      children: [
        ...TEXTS.map((size) => ({
          type: 'Text',
          size,
          value: `${size} · ${t('21 degrees, light wind', 'الحرارة ٢١ درجة ورياح خفيفة')}`,
        })),
        row(
          ['sm', 'md', 'lg'].map((size) => ({
            type: 'Caption',
            size,
            value: t('Updated today', 'حُدّث اليوم'),
          })),
          { gap: 4 },
        ),
        row(
          COLORS.map((color) => ({ type: 'Text', color, value: color, size: 'sm' })),
          { gap: 4 },
        ),
        row(
          ['normal', 'medium', 'semibold', 'bold'].map((weight) => ({
            type: 'Text',
            weight,
            value: t('Weight', 'وزن'),
          })),
          { gap: 4 },
        ),
        row(
          [
            { type: 'Text', italic: true, value: t('Italic', 'مائل') },
            { type: 'Text', lineThrough: true, color: 'tertiary', value: t('Struck out', 'مشطوب') },
            { type: 'Text', color: { light: '#7a2e8e', dark: '#e3a7f2' }, value: t('Own colour', 'لون خاص') },
          ],
          { gap: 4 },
        ),
        { type: 'Text', value: long.repeat(2), maxLines: 2 },
        { type: 'Text', value: long.repeat(2), truncate: true },
        { type: 'Text', value: t('Centred', 'في الوسط'), textAlign: 'center' },
        { type: 'Text', value: t('At the end', 'في النهاية'), textAlign: 'end' },
        {
          type: 'Text',
          value: 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaftsvorstand',
        },
        {
          type: 'Markdown',
          value: t(
            '**Bold**, *italic*, `code` and a [link](https://example.com).\n\n- One\n- Two',
            '**عريض** و*مائل* و`code` و[رابط](https://example.com).\n\n- واحد\n- اثنان',
          ),
        },
        { type: 'Divider' },
        {
          type: 'Text',
          value: t('A name to change in place', 'اسم يمكن تغييره هنا'),
          weight: 'semibold',
          editable: { name: 'name', placeholder: 'Name' },
        },
        {
          type: 'Text',
          value: '',
          editable: { name: 'empty', placeholder: t('Add a remark', 'أضف ملاحظة'), required: true },
          minLines: 2,
        },
      ],
    },
  ];
};

export const badges = (t: Words): Node[] => [
  {
    type: 'Card',
    size: 'lg',
    children: [
      ...['soft', 'solid', 'outline'].map((variant) =>
        row(TONES.map((color) => ({ type: 'Badge', color, variant, label: t('Status', 'حالة') }))),
      ),
      row(
        [
          ...['sm', 'md', 'lg'].map((size) => ({ type: 'Badge', size, color: 'info', label: size })),
          ...['sm', 'md', 'lg'].map((size) => ({
            type: 'Badge',
            size,
            color: 'success',
            variant: 'outline',
            pill: false,
            label: size,
          })),
        ],
        { align: 'center' },
      ),
      row(
        [
          { type: 'Text', value: t('Beside words', 'بجانب الكلمات') },
          { type: 'Badge', label: '12', color: 'danger', variant: 'solid' },
          { type: 'Spacer' },
          {
            type: 'Badge',
            label: t(
              'A label that is much too long for the place it stands in',
              'تسمية أطول بكثير من المكان الذي تقف فيه',
            ),
            color: 'warning',
          },
        ],
        { align: 'center' },
      ),
      { type: 'Divider' },
      row(
        ['xs', 'sm', 'md', 'lg', 'xl', '2xl', '3xl'].map((size) => ({ type: 'Icon', name: 'sparkle', size })),
        { gap: 3, align: 'center' },
      ),
      row(
        [
          'calendar',
          'map-pin',
          'search',
          'document',
          'bolt',
          'globe',
          'star',
          'mail',
          'phone',
          'chart',
          'lucide:sailboat',
          'write',
        ].map((name, index) => ({
          type: 'Icon',
          name,
          size: 'lg',
          color: COLORS[index % COLORS.length],
        })),
        { gap: 3 },
      ),
      { type: 'Divider' },
      row(
        [
          { type: 'Image', src: '/pictures/hills.svg', alt: 'Hills', width: 120, height: 80, radius: 'lg' },
          { type: 'Image', src: '/pictures/dusk.svg', alt: 'Dusk', size: 80, frame: true },
          { type: 'Image', src: '/pictures/portrait.svg', alt: 'Ada', size: 48, radius: 'full' },
          {
            type: 'Image',
            src: '/pictures/hills.svg',
            alt: 'Contained',
            width: 100,
            height: 80,
            fit: 'contain',
            background: 'surface-tertiary',
          },
        ],
        { align: 'end' },
      ),
      row([
        {
          type: 'Image',
          src: 'https://elsewhere.example/a.png',
          alt: t('A map', 'خريطة'),
          height: 64,
          flex: 1,
        },
        { type: 'Image', src: '/pictures/gone.svg', alt: t('A plan', 'مخطط'), height: 64, flex: 1 },
      ]),
      { type: 'Image', src: '/pictures/dusk.svg', alt: 'Dusk', flush: true, aspectRatio: '4/1' },
      note(t('A picture from edge to edge above', 'صورة من الحافة إلى الحافة أعلاه')),
    ],
  },
];
