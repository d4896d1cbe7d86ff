import { type ReactNode, useId, useRef } from 'react';
import { fill } from '../../i18n/strings.ts';
import type { ResolvedOptions } from '../../options/resolve.ts';
import { usePage, useStore, useStrings } from '../context.ts';
import { Icon } from '../Icon.tsx';
import { IconButton } from '../IconButton.tsx';
import { MenuItem } from './MenuItem.tsx';
import { PickerButton } from './PickerButton.tsx';
import { useFit } from './use-fit.ts';

type Composer = NonNullable<ResolvedOptions['composer']>;
type Tool = NonNullable<Composer['tools']>[number];
type Model = NonNullable<Composer['models']>[number];

/** The icon of a tool whose host named none. */
const PLAIN_TOOL = 'bolt';

interface PickersProps {
  disabled: boolean;
  /** Names what stands before them in the row. */
  beside: string;
  /** What stands before them in the row. */
  children: ReactNode;
}

/**
 * The host's tools and models: pinned tools as buttons, the others in a menu, the chosen one as a chip that can be taken
 * out, and the models in a menu of their own. Where the row is narrow pinned tools go into the menu, then the models too.
 */
export function Pickers({ disabled, beside, children }: PickersProps) {
  const { controller } = usePage();
  const strings = useStrings();
  const { options, tool } = useStore(controller.app);
  const row = useRef<HTMLDivElement>(null);
  const tools = options.composer?.tools ?? [];
  const models = options.composer?.models ?? [];
  const pinned = tools.filter((each) => each.pinned);
  const steps = pinned.length + (tools.length > 0 && models.length > 0 ? 1 : 0);
  const model = controller.model;
  const given = useFit(row, steps, JSON.stringify([tools, models, tool, model, beside, strings.tools]));

  const together = given > pinned.length;
  const standing = pinned.slice(0, Math.max(pinned.length - given, 0));
  const inMenu = tools.filter((each) => !standing.includes(each));
  const chosen = inMenu.find(({ id }) => id === tool);

  function choose(change: () => void, close?: () => void) {
    change();
    close?.();
    controller.focusComposer();
  }
  const toolItems = (close: () => void) => (
    <ToolItems
      tools={inMenu}
      chosen={tools.some(({ id }) => id === tool) ? tool : null}
      onChoose={(id) => choose(() => controller.selectTool(id), close)}
    />
  );
  const modelItems = (close: () => void) => (
    <ModelItems
      models={models}
      chosen={model}
      onChoose={(id) => choose(() => controller.selectModel(id), close)}
    />
  );
  const menuName = together ? strings.toolsAndModels : strings.tools;
  const modelLabel = models.find(({ id }) => id === model)?.label;

  return (
    <div ref={row} className="ck-composer-extras">
      {children}
      {inMenu.length > 0 && (
        <PickerButton
          name={menuName}
          label={menuName}
          className="ck-icon-button"
          disabled={disabled}
          face={<Icon name="settings-slider" />}
          items={(close) =>
            together ? (
              <>
                <Group label={strings.tool}>{toolItems(close)}</Group>
                <Group label={strings.model}>{modelItems(close)}</Group>
              </>
            ) : (
              toolItems(close)
            )
          }
        />
      )}
      {standing.map((each) => (
        <PinnedTool
          key={each.id}
          tool={each}
          chosen={each.id === tool}
          disabled={disabled}
          onChoose={(id) => choose(() => controller.selectTool(id))}
        />
      ))}
      {chosen !== undefined && (
        <span className="ck-tool-chip">
          <Icon name={chosen.icon ?? PLAIN_TOOL} size={16} />
          <span className="ck-chip-text" dir="auto" title={chosen.label}>
            {chosen.shortLabel ?? chosen.label}
          </span>
          <IconButton
            icon="close"
            size={14}
            className="ck-small"
            label={fill(strings.remove, { name: chosen.label })}
            disabled={disabled}
            onClick={() => choose(() => controller.selectTool(null))}
          />
        </span>
      )}
      {models.length > 0 && !together && (
        <PickerButton
          name={modelLabel === undefined ? strings.model : fill(strings.modelChosen, { name: modelLabel })}
          label={strings.model}
          className="ck-model"
          disabled={disabled}
          face={
            <>
              <span className="ck-chip-text" dir="auto">
                {modelLabel ?? strings.model}
              </span>
              <Icon name="chevron-down" size={14} />
            </>
          }
          items={modelItems}
        />
      )}
    </div>
  );
}

interface PinnedToolProps {
  tool: Tool;
  chosen: boolean;
  disabled: boolean;
  onChoose(id: string | null): void;
}

/** A tool that is always at hand; pressing it again takes it out. */
function PinnedTool({ tool, chosen, disabled, onChoose }: PinnedToolProps) {
  return (
    <button
      type="button"
      className="ck-tool-pinned"
      aria-pressed={chosen}
      aria-label={tool.label}
      title={tool.label}
      disabled={disabled}
      onClick={() => onChoose(chosen ? null : tool.id)}
    >
      <Icon name={tool.icon ?? PLAIN_TOOL} size={16} />
      <span className="ck-chip-text" dir="auto">
        {tool.shortLabel ?? tool.label}
      </span>
      {chosen && <Icon name="close" size={14} />}
    </button>
  );
}

interface ItemsProps<Id> {
  chosen: string | null;
  onChoose(id: Id): void;
}

function ToolItems({ tools, chosen, onChoose }: ItemsProps<string | null> & { tools: readonly Tool[] }) {
  const strings = useStrings();
  return (
    <>
      <MenuItem
        label={strings.noTool}
        icon="empty-circle"
        checked={chosen === null}
        onChoose={() => onChoose(null)}
      />
      {tools.map(({ id, label, icon }) => (
        <MenuItem
          key={id}
          label={label}
          icon={icon ?? PLAIN_TOOL}
          checked={id === chosen}
          onChoose={() => onChoose(id)}
        />
      ))}
    </>
  );
}

function ModelItems({ models, chosen, onChoose }: ItemsProps<string> & { models: readonly Model[] }) {
  const strings = useStrings();
  return models.map((model) => (
    <MenuItem
      key={model.id}
      label={model.label}
      description={model.description}
      mark={model.default ? strings.modelDefault : undefined}
      checked={model.id === chosen}
      disabled={model.disabled}
      onChoose={() => onChoose(model.id)}
    />
  ));
}

/** A part of a menu with its name above it. */
function Group({ label, children }: { label: string; children: ReactNode }) {
  const id = useId();
  return (
    <fieldset aria-labelledby={id} className="ck-menu-group">
      <p id={id}>{label}</p>
      {children}
    </fieldset>
  );
}
