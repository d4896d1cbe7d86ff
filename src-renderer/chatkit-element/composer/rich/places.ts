/** Places in the editor as places in the text that a person reads, and back. Call these inside of a read or an update. */
import {
  $createLineBreakNode,
  $createParagraphNode,
  $createRangeSelection,
  $createTextNode,
  $getRoot,
  $getSelection,
  $isElementNode,
  $isLineBreakNode,
  $isRangeSelection,
  $isTextNode,
  $setSelection,
  type ElementNode,
  type LexicalNode,
  type PointType,
} from 'lexical';
import type { UserContent } from '../../../../src-shared/chatkit/index.ts';
import { joinTexts } from '../../session/content.ts';
import { createTagNode, TagNode } from './TagNode.ts';

/** The one paragraph that holds everything; made when it is missing. */
function line(): ElementNode {
  const root = $getRoot();
  const first = root.getFirstChild();
  if ($isElementNode(first)) return first;
  const paragraph = $createParagraphNode();
  root.append(paragraph);
  return paragraph;
}

/** What stands in the editor. */
export function readContent(): UserContent[] {
  return joinTexts(
    line()
      .getChildren()
      .map(
        (node): UserContent =>
          node instanceof TagNode ? node.getTag() : { type: 'input_text', text: textOf(node) },
      ),
  );
}

/** Replaces everything; the caret goes to the end when there was one. */
export function writeContent(content: readonly UserContent[]): void {
  const paragraph = line();
  const hadCaret = $getSelection() !== null;
  paragraph.clear();
  paragraph.append(...content.flatMap(nodesOf));
  if (hadCaret) paragraph.selectEnd();
}

function nodesOf(part: UserContent): LexicalNode[] {
  if (part.type === 'input_tag') return [createTagNode(part)];
  return part.text.split(/(\r?\n)/).flatMap((piece): LexicalNode[] => {
    if (piece === '') return [];
    return [/^\r?\n$/.test(piece) ? $createLineBreakNode() : $createTextNode(piece)];
  });
}

/** Puts content in place of what stands between two places, as one step for undo. */
export function replaceContent(from: number, to: number, content: readonly UserContent[]): void {
  selectPlaces(from, to);
  const selection = $getSelection();
  if (!$isRangeSelection(selection)) return;
  if (!selection.isCollapsed()) selection.removeText();
  const nodes = content.flatMap(nodesOf);
  if (nodes.length > 0) selection.insertNodes(nodes);
}

export function selectPlaces(from: number, to: number): void {
  const selection = $createRangeSelection();
  put(selection.anchor, from);
  put(selection.focus, to);
  $setSelection(selection);
}

/** The selection in order, or null without one. */
export function readPlaces(): { from: number; to: number } | null {
  const selection = $getSelection();
  if (!$isRangeSelection(selection)) return null;
  const [a, b] = [placeOf(selection.anchor), placeOf(selection.focus)];
  return { from: Math.min(a, b), to: Math.max(a, b) };
}

/** The place of one end of a selection. */
export function placeOf(point: PointType): number {
  const paragraph = line();
  if (point.key === paragraph.getKey()) return sizeOf(paragraph.getChildren().slice(0, point.offset));
  if (point.type === 'element') return point.offset === 0 ? 0 : sizeOf(paragraph.getChildren());
  return sizeOf(point.getNode().getPreviousSiblings()) + point.offset;
}

/** Puts one end of a selection to a place. */
export function put(point: PointType, place: number): void {
  const paragraph = line();
  const nodes = paragraph.getChildren();
  let left = place;
  let index = 0;
  for (const node of nodes) {
    const size = textOf(node).length;
    if ($isTextNode(node) && left <= size) {
      point.set(node.getKey(), left, 'text');
      return;
    }
    if (left === 0) break;
    left -= size;
    index += 1;
  }
  point.set(paragraph.getKey(), index, 'element');
}

function sizeOf(nodes: readonly LexicalNode[]): number {
  return nodes.reduce((size, node) => size + textOf(node).length, 0);
}

function textOf(node: LexicalNode): string {
  return $isLineBreakNode(node) ? '\n' : node.getTextContent();
}
