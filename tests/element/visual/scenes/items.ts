/** Every kind of thread item. */
import type { Words } from '../stage.ts';

type Item = Record<string, unknown>;
const user = (text: string, fields: Item = {}): Item => ({
  type: 'user_message',
  content: [{ type: 'input_text', text }],
  attachments: [],
  inference_options: {},
  ...fields,
});
const answer = (text: string, annotations: Item[] = []): Item => ({
  type: 'assistant_message',
  content: [{ type: 'output_text', text, annotations }],
});
const file = (id: string, name: string): Item => ({ type: 'file', id, name, mime_type: 'application/pdf' });

/** What people send: words, tags, files, quotes. `origin` is where pictures come from. */
export const messages = (t: Words, origin: string): Item[] => [
  user(t('A short question', 'سؤال قصير', 'Une question courte')),
  answer(t('And a short answer.', 'وجواب قصير.', 'Et une réponse courte.')),
  user(
    t(
      'A longer one, over several lines, with **no Markdown** in it and a very long word: Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft.\n\nAnd a second paragraph.',
      'سؤال أطول على عدة أسطر، بلا **Markdown** فيه، مع كلمة طويلة جدا: Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft.\n\nوفقرة ثانية.',
    ),
  ),
  user('', {
    content: [
      { type: 'input_text', text: t('Ask ', 'اسأل ') },
      { type: 'input_tag', id: 'ada', text: 'Ada Lovelace', data: {}, interactive: true },
      { type: 'input_text', text: t(' about the ', ' عن ') },
      { type: 'input_tag', id: 'plan', text: t('Quarterly plan', 'الخطة الفصلية'), data: {} },
      { type: 'input_text', text: t(', please.', '، من فضلك.') },
    ],
  }),
  user(t('What do you think of these?', 'ما رأيك في هذه؟', 'Qu’en pensez-vous ?'), {
    attachments: [
      {
        type: 'image',
        id: 'i1',
        name: 'hills.png',
        mime_type: 'image/png',
        preview_url: `${origin}/pictures/hills.svg`,
      },
      {
        type: 'image',
        id: 'i2',
        name: 'portrait.png',
        mime_type: 'image/png',
        preview_url: `${origin}/pictures/portrait.svg`,
      },
      file(
        'f1',
        t(
          'Report on the harbour of Lisbon, final version 3.pdf',
          'تقرير عن ميناء لشبونة، النسخة النهائية.pdf',
        ),
      ),
      file('f2', 'notes.txt'),
    ],
  }),
  user(t('Why exactly?', 'لماذا بالضبط؟', 'Pourquoi exactement ?'), {
    quoted_text: t(
      'Small steps, taken every day, go further than a leap that is planned for years and never made, however brave it looks on paper.',
      'خطوات صغيرة كل يوم تذهب أبعد من قفزة يُخطط لها سنوات ولا تتم، مهما بدت جريئة على الورق.',
    ),
  }),
  answer(t('Because habits add up.', 'لأن العادات تتراكم.', 'Parce que les habitudes s’additionnent.')),
  { type: 'end_of_turn' },
];

export const markdown = (t: Words): Item[] => [
  user(t('Plan my morning', 'خطط لصباحي', 'Organise ma matinée')),
  answer(
    t(
      `# A steady morning

Here is a plan that fits **ninety minutes**, leaves room for a *walk*, and ~~no~~ some time for \`coffee()\`. More at [the library](https://example.com/morning).

## What to do

1. Open the window and drink a glass of water.
2. Write down three things that matter:
   - the first, which is
     1. small
     2. and clear
   - the second
3. Work on the first one.

- [x] Wake up
- [ ] Stay awake

> Small steps, taken every day, go further than a leap.
>
> > Who said that?

### The figures

| Part | Minutes | Share | Why it stands here |
| :--- | ---: | :---: | --- |
| Water and light | 10 | 11 % | wakes the body |
| Notes | 15 | 17 % | clears the head |
| **First task** | 65 | 72 % | the real work, with the phone in another room and the door closed until it is done |

#### A small heading

---

![Hills in the morning](/pictures/hills.svg)

![A chart](https://elsewhere.example/a.png) was not loaded. HTML such as <b>this</b> stays text. A footnote[^1].

[^1]: With its words at the end.`,
      `# صباح هادئ

هذه خطة تناسب **تسعين دقيقة** وتترك مجالا *للمشي* وبعض الوقت لـ \`coffee()\`. المزيد في [المكتبة](https://example.com/morning).

## ماذا تفعل

1. افتح النافذة واشرب كوبا من الماء.
2. اكتب ثلاثة أشياء مهمة:
   - الأول، وهو
     1. صغير
     2. وواضح
   - الثاني
3. اعمل على الأول.

- [x] استيقظ
- [ ] ابق مستيقظا

> خطوات صغيرة كل يوم تذهب أبعد من قفزة.
>
> > من قال ذلك؟

### الأرقام

| الجزء | الدقائق | الحصة | لماذا |
| :--- | ---: | :---: | --- |
| ماء وضوء | 10 | 11 % | يوقظ الجسم |
| ملاحظات | 15 | 17 % | يصفي الذهن |
| **المهمة الأولى** | 65 | 72 % | العمل الحقيقي، والهاتف في غرفة أخرى والباب مغلق حتى ينتهي |

#### عنوان صغير

An English paragraph in an Arabic answer keeps its own direction: it begins at the left and ends with a full stop.

---

![تلال](/pictures/hills.svg)

![رسم](https://elsewhere.example/a.png) لم تُحمَّل.`,
    ),
  ),
];

export const code = (t: Words): Item[] => [
  user(t('Code, formulas and a diagram', 'شيفرة ومعادلات ومخطط', 'Du code, des formules et un diagramme')),
  answer(`${t('The function:', 'الدالة:', 'La fonction :')}

\`\`\`python
import math

def fall(height: float, g: float = 9.81) -> float:
    """Seconds that a body falls."""
    if height < 0:
        raise ValueError(f"no such height: {height}")  # never below ground, whatever anybody says about it
    return math.sqrt(2 * height / g)
\`\`\`

\`\`\`
no language, one line
\`\`\`

\`\`\`diff
- old line
+ new line
\`\`\`

${t('So after', 'إذن بعد', 'Donc après')} $t$ ${t('seconds it is', 'ثانية يكون', 'secondes, c’est')} $s = \\tfrac{1}{2} g t^2$, ${t('and', 'و', 'et')}

$$
t = \\sqrt{\\frac{2s}{g}} \\approx 2.02\\ \\mathrm{s}
$$

\`\`\`mermaid
flowchart LR
  A[Ask] --> B{Known?}
  B -- yes --> C[Answer]
  B -- no --> D[Search] --> C
\`\`\`
`),
];

const pages = (t: Words): Item[] => [
  {
    type: 'url',
    url: 'https://www.example.com/lisbon',
    title: t('Lisbon in spring: what to pack', 'لشبونة في الربيع: ماذا تحزم'),
    attribution: 'example.com',
  },
  {
    type: 'url',
    url: 'https://weather.example.org/lis/2026/05',
    title: t('Climate table of the harbour', 'جدول مناخ الميناء'),
  },
];

/** What the assistant does on the way. */
export const steps = (t: Words): Item[] => [
  user(t('What should I pack?', 'ماذا أحزم؟', 'Que dois-je emporter ?')),
  {
    type: 'workflow',
    workflow: {
      type: 'reasoning',
      tasks: [{ type: 'thought', title: t('Weighing', 'موازنة'), content: 'x' }],
      summary: { duration: 4 },
      expanded: false,
    },
  },
  {
    type: 'workflow',
    workflow: {
      type: 'reasoning',
      expanded: true,
      summary: { duration: 83 },
      tasks: [
        {
          type: 'thought',
          status_indicator: 'complete',
          title: t('Weighing the options', 'موازنة الخيارات'),
          content: t(
            'The question is about **weather**, and how much of it fits into a bag.',
            'السؤال عن **الطقس** وكم منه تسعه الحقيبة.',
          ),
        },
        {
          type: 'web_search',
          status_indicator: 'complete',
          title_query: t('weather in Lisbon', 'الطقس في لشبونة'),
          queries: [t('lisbon may temperature', 'حرارة لشبونة مايو'), t('lisbon rain days', 'أيام المطر')],
          sources: pages(t),
        },
        {
          type: 'file',
          status_indicator: 'complete',
          title: t('Read two files', 'قراءة ملفين'),
          sources: [
            { type: 'file', title: t('Packing list', 'قائمة الأمتعة'), filename: 'packing-list-2025.pdf' },
          ],
        },
      ],
    },
  },
  {
    type: 'workflow',
    workflow: {
      type: 'custom',
      expanded: true,
      summary: { title: t('Booked the hotel', 'حُجز الفندق'), icon: 'check-circle' },
      tasks: [
        {
          type: 'custom',
          status_indicator: 'complete',
          title: t('Compared three hotels', 'مقارنة ثلاثة فنادق'),
          icon: 'search',
        },
        {
          type: 'custom',
          status_indicator: 'none',
          title: t('A step without a state', 'خطوة بلا حالة'),
          icon: 'calendar',
          content: t('With *words* below it.', 'مع *كلمات* تحتها.'),
        },
        { type: 'image', status_indicator: 'complete', title: t('Drew a map', 'رسم خريطة') },
      ],
    },
  },
  {
    type: 'workflow',
    workflow: {
      type: 'custom',
      tasks: [
        { type: 'custom', title: 'x' },
        { type: 'custom', title: 'y' },
      ],
      expanded: false,
    },
  },
  {
    type: 'task',
    task: {
      type: 'web_search',
      status_indicator: 'complete',
      title: t('Searched the web', 'بحث في الويب'),
      queries: [],
      sources: pages(t),
    },
  },
  { type: 'client_tool_call', status: 'completed', call_id: 'c1', name: 'read_page', arguments: {} },
  { type: 'generated_image', image: { id: 'g', url: '/pictures/dusk.svg' } },
  { type: 'generated_image', image: null },
  answer(
    t(
      'Take a light jacket and good shoes.',
      'خذ سترة خفيفة وحذاء جيدا.',
      'Prenez une veste légère et de bonnes chaussures.',
    ),
    [
      ...pages(t).map((source) => ({ type: 'annotation', index: 12, source })),
      {
        type: 'annotation',
        index: 20,
        source: {
          type: 'file',
          title: t('Packing list', 'قائمة الأمتعة'),
          filename: 'packing-list-2025.pdf',
        },
      },
      {
        type: 'annotation',
        index: 20,
        source: { type: 'entity', id: 'ada', title: 'Ada Lovelace', interactive: true },
      },
    ],
  ),
];

const questions = (t: Words): Item[] => [
  {
    id: 'q1',
    type: 'multiple_choice',
    multiple: false,
    question: t('Where would you like to sit?', 'أين تود الجلوس؟', 'Où souhaitez-vous vous asseoir ?'),
    options: [
      { value: t('Inside, near the window', 'في الداخل قرب النافذة') },
      { value: t('On the terrace', 'على الشرفة') },
      { value: t('At the bar', 'عند البار') },
    ],
  },
  {
    id: 'q2',
    type: 'freeform',
    question: t('Anything we should know?', 'هل هناك ما يجب أن نعرفه؟', 'Quelque chose à savoir ?'),
    description: t('Allergies, birthdays, a dog.', 'حساسية، أعياد ميلاد، كلب.'),
  },
  {
    id: 'q3',
    type: 'multiple_choice',
    multiple: true,
    question: t('Which days suit you?', 'أي الأيام تناسبك؟'),
    options: ['Monday', 'Tuesday', 'Friday'].map((value) => ({ value })),
  },
];

export const asked = (t: Words): Item[] => [
  user(t('Book a table', 'احجز طاولة', 'Réserve une table')),
  { type: 'structured_input', status: 'skipped', inputs: questions(t).slice(1, 2) },
  {
    type: 'structured_input',
    status: 'answered',
    inputs: questions(t)
      .slice(0, 2)
      .map((one, index) => ({
        ...one,
        answer: {
          values: [index === 0 ? t('On the terrace', 'على الشرفة') : t('We bring a dog', 'نحضر كلبا')],
        },
      })),
  },
  answer(t('One more thing:', 'شيء آخر:', 'Encore une chose :')),
];

export const pending = (t: Words): Item[] => [
  ...asked(t),
  { type: 'structured_input', status: 'pending', inputs: questions(t) },
];
