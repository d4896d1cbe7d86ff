/** Checked by the compiler only: the element and its options take everything that the published types allow. */
import type { ChatKitEvents, ChatKitOptions, OpenAIChatKit, ThemeOption } from '@openai/chatkit';
import type { UseChatKitOptions } from '@openai/chatkit-react';
import type { ChatKitElement } from '../../src-renderer/chatkit-element/element.ts';
import type { ResolvedOptions, ResolvedTheme } from '../../src-renderer/chatkit-element/options/resolve.ts';

/** Compiles only when `Actual` can stand wherever `Wanted` is asked for. */
type Is<Actual extends Wanted, Wanted> = Actual;
/** Compiles only for `never`; names what is left over otherwise. */
type Nothing<T extends never> = T;

/** The element can be used as the published interface, and its `setOptions` takes any published options. */
export type Element = Is<ChatKitElement, OpenAIChatKit>;
export type Options = Is<ChatKitOptions, Parameters<ChatKitElement['setOptions']>[0]>;
/** What the React hook hands on besides handlers are options of the element. */
export type FromReact = Is<Pick<UseChatKitOptions, keyof ChatKitOptions>, ChatKitOptions>;

/** Every option of the contract is read. */
export type Unread = Nothing<Exclude<keyof ChatKitOptions, keyof ResolvedOptions>>;
type Group<K extends keyof ChatKitOptions & keyof ResolvedOptions> = Exclude<
  keyof NonNullable<ChatKitOptions[K]>,
  keyof NonNullable<ResolvedOptions[K]>
>;
export type UnreadGroups = Nothing<
  | Group<'header'>
  | Group<'history'>
  | Group<'startScreen'>
  | Group<'threadItemActions'>
  | Group<'thread'>
  | Group<'disclaimer'>
  | Group<'widgets'>
  | Group<'entities'>
  | Group<'commands'>
>;

/** Every field of the theme is read. */
type Theme<K extends keyof ThemeOption & keyof ResolvedTheme> = Exclude<
  keyof NonNullable<ThemeOption[K]>,
  keyof NonNullable<ResolvedTheme[K]>
>;
export type UnreadTheme = Nothing<
  Exclude<keyof ThemeOption, keyof ResolvedTheme> | Theme<'typography'> | Theme<'color'>
>;

/** Listeners get the published detail of each event. */
export function listen(element: ChatKitElement): void {
  const heard: (name: keyof ChatKitEvents) => void = () => {};
  element.addEventListener('chatkit.error', ({ detail }) =>
    heard(detail.error ? 'chatkit.error' : 'chatkit.log'),
  );
  element.addEventListener('chatkit.thread.change', ({ detail }) =>
    heard(detail.threadId === null ? 'chatkit.ready' : 'chatkit.thread.change'),
  );
}
