/** Buttons, fields and choices of widgets. */
import type { Words } from '../stage.ts';
import { type Node, row } from './nodes.ts';

const press = { onClickAction: { type: 'press' } };
const col = (children: Node[], props: Node = {}): Node => ({ type: 'Col', gap: 2, children, ...props });

const COLORS = ['primary', 'secondary', 'info', 'discovery', 'success', 'caution', 'warning', 'danger'];
const SIZES = ['3xs', '2xs', 'xs', 'sm', 'md', 'lg', 'xl', '2xl', '3xl'];

export const buttons = (t: Words): Node[] => [
  {
    type: 'Card',
    size: 'full',
    children: [
      row([
        { type: 'Button', style: 'primary', label: t('Book now', 'احجز الآن', 'Réserver'), ...press },
        { type: 'Button', style: 'secondary', label: t('Not now', 'ليس الآن', 'Plus tard'), ...press },
        { type: 'Button', label: t('Plain', 'عادي'), ...press },
        { type: 'Button', style: 'primary', label: t('Off', 'معطّل'), disabled: true },
        { type: 'Button', label: t('Off', 'معطّل'), disabled: true },
        {
          type: 'Button',
          style: 'primary',
          pill: true,
          label: t('Pill', 'مستدير'),
          iconStart: 'plus',
          ...press,
        },
        { type: 'Button', label: t('Next', 'التالي'), iconEnd: 'chevron-right', ...press },
        { type: 'Button', label: t('Back', 'السابق'), iconStart: 'chevron-left', ...press },
        { type: 'Button', iconStart: 'star', uniform: true, ...press },
        {
          type: 'Button',
          iconStart: 'dots-horizontal',
          uniform: true,
          variant: 'ghost',
          color: 'secondary',
          pill: true,
          ...press,
        },
      ]),
      ...['solid', 'soft', 'outline', 'ghost'].map((variant) =>
        row(
          COLORS.map((color) => ({
            type: 'Button',
            variant,
            color,
            size: 'md',
            label: t('Action', 'إجراء'),
            ...press,
          })),
        ),
      ),
      row(
        SIZES.map((size) => ({ type: 'Button', size, label: size, style: 'primary', ...press })),
        { align: 'center' },
      ),
      row(
        SIZES.map((size) => ({ type: 'Button', size, label: size, iconStart: 'search', ...press })),
        { align: 'center' },
      ),
      row(
        SIZES.map((size) => ({ type: 'Button', size, iconStart: 'plus', uniform: true, ...press })),
        { align: 'center' },
      ),
      { type: 'Button', block: true, style: 'primary', label: t('The whole width', 'العرض كله'), ...press },
      row([
        {
          type: 'Button',
          key: 'busy',
          label: t('Saves', 'يحفظ'),
          style: 'primary',
          onClickAction: { type: 'hold', streaming: false },
        },
        {
          type: 'Button',
          label: t(
            'A label so long that it has to be broken into several lines somewhere, because the card ends',
            'تسمية طويلة جدا بحيث يجب أن تنكسر إلى عدة أسطر في مكان ما لأن البطاقة تنتهي',
          ),
          ...press,
        },
      ]),
    ],
  },
];

const options = (t: Words) => [
  { value: 'in', label: t('Inside', 'في الداخل') },
  { value: 'out', label: t('Terrace', 'الشرفة') },
  { value: 'bar', label: t('Bar', 'البار'), disabled: true },
];

export const fields = (t: Words): Node[] => [
  {
    type: 'Card',
    size: 'lg',
    asForm: true,
    confirm: { label: t('Save', 'حفظ', 'Enregistrer'), action: { type: 'save' } },
    cancel: { label: t('Cancel', 'إلغاء', 'Annuler'), action: { type: 'cancel' } },
    children: [
      row(
        [
          col(
            [
              { type: 'Label', value: t('First name', 'الاسم'), fieldName: 'first' },
              { type: 'Input', name: 'first', placeholder: 'Ada' },
            ],
            { flex: 1 },
          ),
          col(
            [
              { type: 'Label', value: t('Family name', 'اسم العائلة'), fieldName: 'last' },
              { type: 'Input', name: 'last', defaultValue: 'Lovelace' },
            ],
            { flex: 1 },
          ),
        ],
        { wrap: 'nowrap' },
      ),
      { type: 'Label', value: t('Address', 'العنوان'), fieldName: 'mail' },
      { type: 'Input', name: 'mail', inputType: 'email', placeholder: 'ada@example.com', required: true },
      row([
        { type: 'Select', name: 'place', placeholder: t('Table', 'طاولة'), options: options(t) },
        { type: 'Select', name: 'chosen', defaultValue: 'out', clearable: true, options: options(t) },
        { type: 'DatePicker', name: 'day', placeholder: t('Day', 'اليوم') },
        {
          type: 'DatePicker',
          name: 'until',
          placeholder: t('Until', 'حتى'),
          defaultValue: '2026-05-24',
          clearable: true,
        },
      ]),
      row([
        { type: 'Input', name: 'a', placeholder: t('Outline', 'محدد') },
        { type: 'Input', name: 'b', placeholder: t('Soft', 'ناعم'), variant: 'soft' },
        { type: 'Input', name: 'c', placeholder: t('Pill', 'مستدير'), pill: true },
        { type: 'Input', name: 'd', placeholder: t('Off', 'معطّل'), disabled: true },
      ]),
      row([
        { type: 'Select', name: 'e', placeholder: t('Soft', 'ناعم'), variant: 'soft', options: options(t) },
        { type: 'Select', name: 'f', placeholder: t('Pill', 'مستدير'), pill: true, options: options(t) },
        { type: 'Select', name: 'g', placeholder: t('Off', 'معطّل'), disabled: true, options: options(t) },
        { type: 'DatePicker', name: 'h', placeholder: t('Soft', 'ناعم'), variant: 'soft' },
        { type: 'DatePicker', name: 'i', placeholder: t('Off', 'معطّل'), disabled: true },
      ]),
      row(
        [
          ...['sm', 'md', 'lg', 'xl'].map((size) => ({
            type: 'Input',
            name: `size-${size}`,
            size,
            placeholder: size,
          })),
        ],
        { align: 'center' },
      ),
      ...['sm', 'lg', 'xl'].map((size) =>
        row(
          [
            { type: 'Select', name: `sel-${size}`, size, placeholder: size, options: options(t) },
            { type: 'DatePicker', name: `date-${size}`, size, placeholder: size },
            { type: 'Button', size, label: size, ...press },
          ],
          { align: 'center' },
        ),
      ),
      { type: 'Label', value: t('Wishes', 'الرغبات'), fieldName: 'wishes' },
      { type: 'Textarea', name: 'wishes', rows: 2, placeholder: t('A quiet corner', 'زاوية هادئة') },
      {
        type: 'Textarea',
        name: 'soft',
        rows: 2,
        variant: 'soft',
        autoResize: true,
        defaultValue: t('Two\nlines that are there', 'سطران\nموجودان هنا'),
      },
      {
        type: 'Checkbox',
        name: 'terms',
        label: t('Hold the table for ten minutes', 'احجز الطاولة لمدة عشر دقائق'),
        defaultChecked: true,
      },
      { type: 'Checkbox', name: 'news', label: t('Write to me', 'راسلني') },
      {
        type: 'Checkbox',
        name: 'off',
        label: t('Not possible today', 'غير ممكن اليوم'),
        disabled: true,
        defaultChecked: true,
      },
      {
        type: 'RadioGroup',
        name: 'size',
        ariaLabel: 'People',
        defaultValue: '2',
        options: [
          { value: '2', label: t('Two', 'اثنان') },
          { value: '4', label: t('Four', 'أربعة') },
          { value: '6', label: t('Six', 'ستة'), disabled: true },
        ],
      },
      {
        type: 'RadioGroup',
        name: 'when',
        ariaLabel: 'When',
        direction: 'col',
        defaultValue: 'late',
        options: [
          { value: 'early', label: t('At six, when it is still calm', 'في السادسة والمكان هادئ') },
          { value: 'late', label: t('At nine', 'في التاسعة') },
        ],
      },
    ],
  },
];

/** A list to search in, and a day; both are opened by the spec. */
export const pickers = (t: Words): Node[] => [
  {
    type: 'Card',
    size: 'md',
    children: [
      { type: 'Label', value: t('Country', 'البلد', 'Pays'), fieldName: 'country' },
      {
        type: 'Select',
        name: 'country',
        block: true,
        searchable: true,
        defaultValue: 'chile',
        options: [
          { value: 'austria', label: t('Austria', 'النمسا') },
          {
            value: 'chile',
            label: t('Chile', 'تشيلي'),
            description: t('Far away, and long', 'بعيدة وطويلة'),
          },
          { value: 'denmark', label: t('Denmark', 'الدنمارك'), disabled: true },
          { value: 'egypt', label: t('Egypt', 'مصر') },
        ],
      },
      { type: 'Label', value: t('Table', 'الطاولة'), fieldName: 'table' },
      { type: 'Select', name: 'table', block: true, defaultValue: 'out', options: options(t) },
      { type: 'Label', value: t('Day', 'اليوم', 'Jour'), fieldName: 'day' },
      {
        type: 'DatePicker',
        name: 'day',
        block: true,
        defaultValue: '2026-05-21',
        min: '2026-05-04',
        max: '2026-06-20',
        clearable: true,
      },
      { type: 'Button', label: t('Search', 'بحث', 'Chercher'), style: 'primary', ...press },
    ],
  },
];
