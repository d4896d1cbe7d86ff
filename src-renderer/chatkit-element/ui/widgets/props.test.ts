import { describe, expect, it } from 'vitest';
import { componentSchemas } from '../../../../src-shared/chatkit/index.ts';
import { readProps } from './props.ts';

describe('reading props', () => {
  it('leaves out what is wrong or unknown and keeps the rest', () => {
    const node = {
      type: 'Button',
      label: 'Go',
      size: 'enormous',
      hologram: 1,
      pill: true,
      iconStart: 'no-icon',
    };
    expect(readProps(componentSchemas.Button, node)).toEqual({ type: 'Button', label: 'Go', pill: true });
  });

  it('fills the defaults of actions', () => {
    const props = readProps(componentSchemas.Button, { type: 'Button', onClickAction: { type: 'go' } });
    expect(props?.onClickAction).toEqual({
      type: 'go',
      handler: 'server',
      loadingBehavior: 'auto',
      streaming: true,
    });
  });

  it('is null without what a component needs', () => {
    expect(readProps(componentSchemas.Text, { type: 'Text', value: 7 })).toBeNull();
    expect(readProps(componentSchemas.Select, { type: 'Select', name: 'x', options: 'none' })).toBeNull();
  });
});
