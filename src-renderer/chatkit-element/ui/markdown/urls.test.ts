import { describe, expect, it } from 'vitest';
import { imageTarget, linkTarget } from './urls.ts';

describe('links', () => {
  it.each([
    ['https://example.com/a', 'web'],
    ['http://example.com', 'web'],
    ['mailto:a@example.com', 'web'],
    ['#fn-1', 'fragment'],
    ['chatkit-link://open', 'deeplink'],
    ['javascript:alert(1)', 'none'],
    ['JaVaScRiPt:alert(1)', 'none'],
    ['java\nscript:alert(1)', 'none'],
    [' javascript:alert(1)', 'none'],
    ['data:text/html,<script>1</script>', 'none'],
    ['vbscript:x', 'none'],
    ['file:///etc/passwd', 'none'],
    ['blob:http://x/1', 'none'],
    ['/admin/delete', 'none'],
    ['//evil.example', 'none'],
    ['relative', 'none'],
    ['', 'none'],
  ])('takes %s for %s', (url, kind) => {
    expect(linkTarget(url).kind).toBe(kind);
  });

  it('reads name and data of a deep link', () => {
    expect(linkTarget('chatkit-link://open-settings/models?tab=2&x=a%20b')).toEqual({
      kind: 'deeplink',
      name: 'open-settings/models',
      data: { tab: '2', x: 'a b' },
    });
  });

  it('survives broken escapes', () => {
    expect(linkTarget('chatkit-link://%E0%A4%A/x').kind).not.toBe('web');
    expect(linkTarget('https://%').kind).toBe('none');
  });
});

describe('images', () => {
  const page = 'http://127.0.0.1:4000/chat';

  it.each([
    ['/api/files/1', [], 'show'],
    ['http://127.0.0.1:4000/a.png', [], 'show'],
    ['http://127.0.0.1:4001/a.png', [], 'link'],
    ['data:image/png;base64,AAAA', [], 'show'],
    ['data:text/html,x', [], 'none'],
    ['https://evil.example/?q=secret', [], 'link'],
    ['//evil.example/?q=secret', [], 'link'],
    ['https://cdn.example.com/a.png', ['example.com'], 'show'],
    ['https://badexample.com/a.png', ['example.com'], 'link'],
    ['https://evil.example/a.png', [''], 'link'],
    ['javascript:alert(1)', [], 'none'],
    ['blob:http://127.0.0.1:4000/x', [], 'none'],
    ['', [], 'none'],
  ] as const)('%s with %j: %s', (url, allowed, kind) => {
    expect(imageTarget(url, page, allowed).kind).toBe(kind);
  });
});
