import { usePage, useStore, useStrings } from './context.ts';
import { Icon } from './Icon.tsx';

/** The new-thread view: a greeting. The prompts stand with the composer. */
export function StartScreen() {
  const { controller } = usePage();
  const strings = useStrings();
  const { options } = useStore(controller.app);
  return (
    <div className="ck-start">
      <p className="ck-greeting" dir="auto">
        {options.startScreen?.greeting ?? strings.greeting}
      </p>
    </div>
  );
}

/** The host's prompts; a click sends. */
export function StartPrompts() {
  const { controller } = usePage();
  const strings = useStrings();
  const { options } = useStore(controller.app);
  const prompts = (options.startScreen?.prompts ?? []).map((prompt, key) => ({ key, prompt }));
  if (prompts.length === 0) return null;
  return (
    <ul className="ck-prompts" aria-label={strings.suggestions}>
      {prompts.map(({ key, prompt }) => (
        <li key={key}>
          <button type="button" className="ck-prompt" onClick={() => controller.sendPrompt(prompt.prompt)}>
            {prompt.icon !== undefined && <Icon name={prompt.icon} />}
            <span dir="auto">{prompt.label}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
