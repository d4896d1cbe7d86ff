import { type EditorConfig, type NodeKey, type SerializedTextNode, type Spread, TextNode } from 'lexical';
import type { UserContent } from '../../../../src-shared/chatkit/index.ts';
import { partText } from '../../session/content.ts';

/** A tag of a message, as in protocol §4.4. */
export type Tag = Extract<UserContent, { type: 'input_tag' }>;

type SerializedTag = Spread<{ tag: Tag }, SerializedTextNode>;

/** A tag within the text: a word that is only ever there as a whole. */
export class TagNode extends TextNode {
  __tag: Tag;

  constructor(tag: Tag, key?: NodeKey) {
    super(partText(tag), key);
    this.__tag = tag;
  }

  static override getType(): string {
    return 'tag';
  }

  static override clone(node: TagNode): TagNode {
    return new TagNode(node.__tag, node.__key);
  }

  static override importJSON({ tag }: SerializedTag): TagNode {
    return createTagNode(tag);
  }

  override exportJSON(): SerializedTag {
    return { ...super.exportJSON(), tag: this.getTag() };
  }

  override createDOM(config: EditorConfig): HTMLElement {
    const element = super.createDOM(config);
    element.className = 'ck-tag';
    return element;
  }

  override canInsertTextBefore(): boolean {
    return false;
  }

  override canInsertTextAfter(): boolean {
    return false;
  }

  getTag(): Tag {
    return this.getLatest().__tag;
  }
}

export function createTagNode(tag: Tag): TagNode {
  return new TagNode(tag).setMode('token');
}
