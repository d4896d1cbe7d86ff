/** The editor of messages with tags: plain text and tags in one line of nodes. Knows nothing of React. */
import { createEmptyHistoryState, registerHistory } from '@lexical/history';
import { registerPlainText } from '@lexical/plain-text';
import {
  $getSelection,
  $isRangeSelection,
  BLUR_COMMAND,
  CLEAR_HISTORY_COMMAND,
  COMMAND_PRIORITY_CRITICAL,
  COMMAND_PRIORITY_LOW,
  createEditor,
  HISTORY_PUSH_TAG,
  KEY_DOWN_COMMAND,
  type PointType,
  SELECTION_CHANGE_COMMAND,
  SKIP_DOM_SELECTION_TAG,
} from 'lexical';
import type { UserContent } from '../../../../src-shared/chatkit/index.ts';
import {
  placeOf,
  put,
  readContent,
  readPlaces,
  replaceContent,
  selectPlaces,
  writeContent,
} from './places.ts';
import { TagNode } from './TagNode.ts';

/** Typing within this time is one step for undo, in milliseconds. */
const UNDO_STEP = 600;

export interface RichEditor {
  /** Starts to work in an element, or lets go of it. */
  attach(element: HTMLElement | null): void;
  /** The whole content from outside; what could be undone before is forgotten. */
  write(content: readonly UserContent[]): void;
  replace(from: number, to: number, content: readonly UserContent[]): void;
  select(from: number, to: number): void;
  selection(): { from: number; to: number };
  focus(): void;
  enable(enabled: boolean): void;
  composing(): boolean;
  dispose(): void;
}

export interface RichEditorSetup {
  content: readonly UserContent[];
  /** The person has written something. */
  onChange(content: UserContent[]): void;
  onCaret(caret: number | null): void;
  onError(error: unknown): void;
}

export function createRichEditor({ content, onChange, onCaret, onError }: RichEditorSetup): RichEditor {
  const editor = createEditor({ namespace: 'message', nodes: [TagNode], onError });
  let last = { from: 0, to: 0 };
  let outside = false;

  const stops = [
    registerPlainText(editor),
    registerHistory(editor, createEmptyHistoryState(), UNDO_STEP),
    editor.registerUpdateListener(({ editorState, dirtyElements, dirtyLeaves }) => {
      editorState.read(() => {
        const places = readPlaces();
        if (places !== null) last = places;
        if (!outside && (dirtyElements.size > 0 || dirtyLeaves.size > 0)) onChange(readContent());
        onCaret(places !== null && places.from === places.to ? places.from : null);
      });
    }),
    editor.registerCommand(
      BLUR_COMMAND,
      () => {
        onCaret(null);
        return false;
      },
      COMMAND_PRIORITY_LOW,
    ),
    // Keys that the menu or Enter's own rules have taken.
    editor.registerCommand(KEY_DOWN_COMMAND, (event) => event.defaultPrevented, COMMAND_PRIORITY_CRITICAL),
    editor.registerCommand(SELECTION_CHANGE_COMMAND, () => leaveTag(last), COMMAND_PRIORITY_LOW),
  ];
  /** Without the focus the selection stays inside: setting it in the page would take the focus from elsewhere. */
  function quietly(): string[] {
    const element = editor.getRootElement();
    const root = element?.getRootNode();
    const focused = root instanceof ShadowRoot && root.activeElement === element;
    return focused ? [] : [SKIP_DOM_SELECTION_TAG];
  }
  function write(next: readonly UserContent[]) {
    outside = true;
    editor.update(() => writeContent(next), { discrete: true, tag: quietly() });
    outside = false;
    editor.dispatchCommand(CLEAR_HISTORY_COMMAND, undefined);
  }
  write(content);

  return {
    attach: (element) => editor.setRootElement(element),
    write,
    replace(from, to, inserted) {
      editor.update(() => replaceContent(from, to, inserted), {
        ...{ discrete: true, tag: [HISTORY_PUSH_TAG, ...quietly()] },
      });
    },
    select: (from, to) => editor.update(() => selectPlaces(from, to), { discrete: true }),
    selection: () => last,
    focus() {
      editor.getRootElement()?.focus({ preventScroll: true });
      editor.focus();
    },
    enable: (enabled) => editor.setEditable(enabled),
    composing: () => editor.isComposing(),
    dispose() {
      for (const stop of stops) stop();
      editor.setRootElement(null);
    },
  };
}

/** A caret never stands within a tag: it goes on to the side that it was moving to. */
function leaveTag(before: { from: number; to: number }): boolean {
  const selection = $getSelection();
  if (!$isRangeSelection(selection)) return false;
  const collapsed = selection.isCollapsed();
  const place = outOfTag(selection.focus, before);
  if (place === null) return false;
  put(selection.focus, place);
  if (collapsed) put(selection.anchor, place);
  return false;
}

function outOfTag(point: PointType, before: { from: number; to: number }): number | null {
  const node = point.getNode();
  if (!(node instanceof TagNode)) return null;
  const size = node.getTextContentSize();
  if (point.offset === 0 || point.offset === size) return null;
  const start = placeOf(point) - point.offset;
  if (before.to === start + size) return start;
  if (before.from === start) return start + size;
  return point.offset * 2 < size ? start : start + size;
}
