import { usePage, useStore, useStrings } from './context.ts';

/** The host's tools and models, as native selects. Nothing where the host offers none. */
export function ComposerPickers({ disabled }: { disabled: boolean }) {
  const { controller } = usePage();
  const strings = useStrings();
  const { options, tool } = useStore(controller.app);
  const tools = options.composer?.tools ?? [];
  const models = options.composer?.models ?? [];
  return (
    <div className="ck-pickers">
      {tools.length > 0 && (
        <select
          className="ck-picker"
          aria-label={strings.tool}
          value={tool ?? ''}
          disabled={disabled}
          onChange={(event) => controller.selectTool(event.currentTarget.value || null)}
        >
          <option value="">{strings.noTool}</option>
          {tools.map(({ id, label, shortLabel }) => (
            <option key={id} value={id}>
              {id === tool ? (shortLabel ?? label) : label}
            </option>
          ))}
        </select>
      )}
      {models.length > 0 && (
        <select
          className="ck-picker"
          aria-label={strings.model}
          value={controller.model ?? ''}
          disabled={disabled}
          onChange={(event) => controller.selectModel(event.currentTarget.value || null)}
        >
          {controller.model === null && <option value="">{strings.model}</option>}
          {models.map((model) => (
            <option key={model.id} value={model.id} disabled={model.disabled} title={model.description}>
              {model.label}
            </option>
          ))}
        </select>
      )}
    </div>
  );
}
