import { describe, expect, it } from 'vitest';
import { completeTable } from './table-tail.ts';

describe('a table that has begun', () => {
  it('has its row of dashes from the first cell on', () => {
    expect(completeTable('| Wo')).toBe('| Wo\n| --- |');
    expect(completeTable('| Word | Len')).toBe('| Word | Len\n| --- | --- |');
    expect(completeTable('| Word | Length |\n')).toBe('| Word | Length |\n| --- | --- |');
    expect(completeTable('| Word | Length |\n| --- | -')).toBe('| Word | Length |\n| --- | -');
    expect(completeTable('| Word | Length |\n| ---: |')).toBe('| Word | Length |\n| --- | --- |');
  });

  it('does not show a pipe before there is a word', () => {
    expect(completeTable('|')).toBe('');
    expect(completeTable('So:\n| ')).toBe('So:');
  });

  it('may follow a paragraph, and may have pipes in its cells', () => {
    expect(completeTable('So:\n| a \\| b | c')).toBe('So:\n| a \\| b | c\n| --- | --- |');
  });

  it('leaves everything else alone', () => {
    const whole = '| Word | Length |\n| --- | ---: |';
    for (const text of [whole, `${whole}\n| fake |`, 'a | b', '| no\n| table', 'words', '', '    | code']) {
      expect(completeTable(text)).toBe(text);
    }
  });
});
