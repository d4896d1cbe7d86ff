/** The React page of the matrix: `@openai/chatkit-react` as published, on whichever React it is bundled with. */
import { ChatKit, useChatKit } from '@openai/chatkit-react';
import * as ReactNamespace from 'react';
import { type ComponentType, type ReactNode, StrictMode, Suspense, useLayoutEffect } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import type { Options } from './lab.ts';

export type Methods = ReturnType<typeof useChatKit>;

/** What the page shows. Every field can change from one {@link Stage.show} to the next. */
export interface Scene {
  options: Options;
  /** Attributes and properties on `<ChatKit>`. */
  extra?: Record<string, unknown>;
  key?: string;
  /** `<ChatKit>` more than once on the same control. */
  copies?: number;
  /** Called in the parent's layout effect of the first mount: the earliest moment for a method. */
  onLayout?: (methods: Methods) => void;
  ref?: (element: unknown) => void;
  /** Within `<Activity>` (React 19). */
  activity?: 'visible' | 'hidden';
  /** A sibling of the chat in the same boundary that suspends. */
  suspended?: boolean;
}

export interface Stage {
  show(scene: Scene): void;
  unmount(): void;
  methods(): Methods;
  /** False once the tree around the chat is gone. */
  standing(): boolean;
}

type ActivityProps = { mode: 'visible' | 'hidden'; children: ReactNode };
const found: unknown = Reflect.get(ReactNamespace, 'Activity');
const Activity: ComponentType<ActivityProps> =
  found === undefined ? ({ children }) => <>{children}</> : (found as ComponentType<ActivityProps>);

const never = new Promise<never>(() => {});

/** Throwing a promise is what both versions understand as suspending. */
function Waiting(): ReactNode {
  throw never;
}

function Chat({ scene, publish }: { scene: Scene; publish(methods: Methods): void }) {
  const methods = useChatKit(scene.options);
  publish(methods);
  const { onLayout } = scene;
  useLayoutEffect(() => onLayout?.(methods), [onLayout, methods]);
  const ref = scene.ref === undefined ? {} : { ref: (element: unknown) => scene.ref?.(element) };
  const keys = Array.from({ length: scene.copies ?? 1 }, (_, copy) => `${scene.key ?? 'only'}-${copy}`);
  return keys.map((key) => <ChatKit key={key} control={methods.control} {...scene.extra} {...ref} />);
}

/** One root on `#root`. */
export function createStage(strict: boolean): Stage {
  let root: Root | undefined;
  let methods: Methods | undefined;
  const publish = (now: Methods) => {
    methods = now;
  };
  return {
    show(scene) {
      const container = document.getElementById('root');
      if (container === null) throw new Error('no #root');
      root ??= createRoot(container);
      const chat = (
        <>
          <p id="sibling">beside the chat</p>
          <Suspense fallback={<p>waiting</p>}>
            {scene.suspended === true && <Waiting />}
            <Activity mode={scene.activity ?? 'visible'}>
              <Chat scene={scene} publish={publish} />
            </Activity>
          </Suspense>
        </>
      );
      root.render(strict ? <StrictMode>{chat}</StrictMode> : chat);
    },
    unmount() {
      root?.unmount();
      root = undefined;
    },
    methods() {
      if (methods === undefined) throw new Error('nothing is mounted');
      return methods;
    },
    standing: () => document.getElementById('sibling') !== null,
  };
}
