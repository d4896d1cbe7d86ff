import { describe, expect, it } from 'vitest';
import { WidgetTemplate, WidgetTemplateError } from './template.ts';

const build = (template: string, data: Record<string, unknown> | null = null) =>
  WidgetTemplate.parse({ version: '1.0', name: 'test', template }).build(data);

/** A card whose only text is a JSON expression. */
const shownValue = (expression: string, data: Record<string, unknown> = {}, before = '') => {
  const widget = build(
    `${before}{"type":"Card","children":[{"type":"Text","value":{{ (${expression}) | tojson }}}]}`,
    data,
  );
  return (widget.children as { value: unknown }[])[0]?.value;
};

describe('a widget template', () => {
  it.each<[string, Record<string, unknown>, unknown]>([
    ['name', { name: `O'Brien "<b>" & ünï \u2028 \\` }, `O'Brien "<b>" & ünï \u2028 \\`],
    ['"a" ~ n ~ "b"', { n: 3 }, 'a3b'],
    ['"yes" if ok else "no"', { ok: true }, 'yes'],
    ['"yes" if ok and not other else "no"', { ok: true, other: true }, 'no'],
    ['a or b', { a: '', b: 'x' }, 'x'],
    ['a == 1', { a: 1 }, true],
    ['a == "1"', { a: 1 }, false],
    ['a == b', { a: [1, { k: 'v' }], b: [1, { k: 'v' }] }, true],
    ['a != b', { a: [1], b: [2] }, true],
    ['a == []', { a: [] }, true],
    ['a is none', { a: null }, true],
    ['a is not none', { a: null }, false],
    ['[1, {"k": a}]', { a: true }, [1, { k: true }]],
    ['missing | default("fallback")', {}, 'fallback'],
    ['row.missing | default("fallback")', { row: {} }, 'fallback'],
    ['missing is defined', {}, false],
    ['rows[0].label', { rows: [{ label: 'first' }] }, 'first'],
    ['text[1:]', { text: ',tail' }, 'tail'],
    ['none', {}, null],
    ['text | replace("a", "bb")', { text: 'banana' }, 'bbbnbbnbb'],
    ['text.replace("", "-")', { text: 'ab' }, '-a-b-'],
    ['text | replace("a", "o", 1)', { text: 'banana' }, 'bonana'],
    ['rows | join(", ")', { rows: ['a', 'b'] }, 'a, b'],
    ['text | indent(2)', { text: 'a\nb' }, 'a\n  b'],
  ])('evaluates %s', (expression, data, expected) => {
    expect(shownValue(expression, data)).toEqual(expected);
  });

  it('refuses an inline if without else when there is nothing to show, but not with a default', () => {
    expect(shownValue('"yes" if ok', { ok: true })).toBe('yes');
    expect(() => shownValue('"yes" if ok', { ok: false })).toThrow();
    expect(shownValue('("yes" if ok) | default("no")', { ok: false })).toBe('no');
  });

  it('sets, loops, branches, captures blocks and trims blanks', () => {
    const widget = build(
      `{%- set tone = "info" -%}
      {%- set _c -%}{%- for row in rows -%},{"type":"Badge","label":{{ (row.label) | tojson }},"color":{{ (tone) | tojson }}
      {%- if loop.last -%},"pill":true{%- else -%},"pill":false{%- endif -%} }{%- endfor -%}{%- endset -%}
      {"type":"Card","children":[{{- (_c[1:] if _c and _c[0] == ',' else _c) -}}]}`,
      { rows: [{ label: 'a' }, { label: 'b' }] },
    );
    expect(widget).toEqual({
      type: 'Card',
      children: [
        { type: 'Badge', label: 'a', color: 'info', pill: false },
        { type: 'Badge', label: 'b', color: 'info', pill: true },
      ],
    });
  });

  it('gives an empty list where a captured block is empty', () => {
    const template = `{%- set _c -%}{%- for row in rows -%},{}{%- endfor -%}{%- endset -%}{"type":"Basic","children":[{{- (_c[1:] if _c and _c[0] == ',' else _c) -}}]}`;
    expect(build(template, { rows: [] })).toEqual({ type: 'Basic', children: [] });
  });

  it('knows namespaces and whole widgets as one literal', () => {
    const template = `{% set ns = namespace(children=[]) %}{% for n in range(3) %}{% set ns.children = ns.children + [{"type": "Text", "value": n | string}] %}{% endfor %}{{ {"type": "Card", "children": ns.children} | tojson }}`;
    expect(build(template)).toEqual({
      type: 'Card',
      children: ['0', '1', '2'].map((value) => ({ type: 'Text', value })),
    });
  });

  it.each<[string, string, Record<string, unknown>]>([
    ['a missing variable', '{"type":"Card","title":{{ (x) | tojson }}}', {}],
    ['a missing member', '{"type":"Card","title":{{ (x.y) | tojson }}}', { x: {} }],
    ['a missing variable in a condition', '{% if x %}{% endif %}{"type":"Card"}', {}],
    ['a root that is none', '{"type":"Row","children":[]}', {}],
    ['broken JSON', '{"type":"Card"', {}],
    ['an unknown filter', '{"type":{{ "Card" | nonsense }}}', {}],
    ['a broken template', '{% for %}', {}],
    ['endless work', '{% for a in range(9999) %}{% for b in range(9999) %}x{% endfor %}{% endfor %}', {}],
    [
      'endless text',
      `{% set n = namespace(t="xxxxxxxxxx") %}{% for a in range(60) %}{% set n.t = n.t ~ n.t %}{% endfor %}`,
      {},
    ],
    [
      'an endless list',
      `{% set n = namespace(x=[1]) %}{% for i in range(40) %}{% set n.x = n.x + n.x %}{% endfor %}`,
      {},
    ],
    ['a bottomless widget', `{"type":"Card","children":${'['.repeat(300)}${']'.repeat(300)}}`, {}],
    ['endless depth', '{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}', {}],
  ])('refuses %s', (_what, template, data) => {
    expect(() => build(template, data)).toThrow(WidgetTemplateError);
  });

  const long = 'x'.repeat(1_000_000);
  it.each<[string, string, Record<string, unknown>]>([
    ['replace as a filter', '{{ a | replace("x", b) }}', { a: long, b: long }],
    ['replace as a method', '{{ a.replace("x", b) }}', { a: long, b: long }],
    ['replace by a name that is computed', '{{ a["rep" ~ "lace"]("x", b) }}', { a: long, b: long }],
    ['replace of nothing', '{{ a | replace("", "1234") }}', { a: long }],
    ['replace after another filter', '{{ a | upper | replace("X", b) }}', { a: long, b: long }],
    ['replace for a block', '{% filter replace("x", b) %}{{ a }}{% endfilter %}', { a: long, b: long }],
    ['join of long texts', '{{ [a, a, a] | join }}', { a: long }],
    ['join with a long separator', '{{ range(9999) | join(a) }}', { a: long }],
    ['join with a long separator by name', '{{ range(9999) | join(separator=a) }}', { a: long }],
    ['join of the letters of a text', '{{ a | join("---") }}', { a: long }],
    ['JSON of long texts', '{{ [a, a, a] | tojson }}', { a: long }],
    ['wide indentation', '{{ a | indent(500000000) }}', { a: 'a\nb' }],
  ])('refuses %s before it takes the memory', (_what, template, data) => {
    const before = process.memoryUsage().rss;
    expect(() => build(template, data)).toThrow(/too|cannot be used for a block/);
    expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
  });

  it('accepts version 1.0 only', () => {
    expect(() => WidgetTemplate.parse({ version: '2.0', name: 'n', template: '{}' })).toThrow(
      WidgetTemplateError,
    );
    expect(() => WidgetTemplate.parse('{}')).toThrow(WidgetTemplateError);
  });
});
