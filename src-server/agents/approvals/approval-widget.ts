/** The widget that asks whether tools may be used, and afterwards tells what was said. */
import { z } from 'zod';
import type { Action, ActionConfig, WidgetComponent, WidgetRoot } from '../../../src-shared/chatkit/index.ts';
import { widgets } from '../../chatkit/widgets/index.ts';
import type { Locale } from '../../context.ts';
import type { ApprovalCall } from './paused-run.ts';

const ACTION = 'foyer.tool_approval';

/** Longest arguments that are shown, in characters; who cannot see all is told so. */
const MAX_SHOWN = 2_000;

const TEXTS = {
  en: {
    title: 'May this be done?',
    lead: 'The assistant wants to use a tool that needs your permission. Nothing is done before you answer.',
    allow: 'Allow once',
    refuse: 'Refuse',
    allowed: 'Allowed',
    refused: 'Refused',
    cut: 'The rest is too long to be shown.',
    over: 'The conversation has gone on, so this is not asked any more. Nothing was done.',
  },
  fr: {
    title: 'Autoriser cette action ?',
    lead: 'L’assistant veut utiliser un outil qui demande votre accord. Rien ne se fait avant votre réponse.',
    allow: 'Autoriser une fois',
    refuse: 'Refuser',
    allowed: 'Autorisé',
    refused: 'Refusé',
    cut: 'La suite est trop longue pour être affichée.',
    over: 'La conversation a continué : la question ne se pose plus. Rien n’a été fait.',
  },
} as const;

const payloadSchema = z.object({ run: z.string(), call: z.int().min(0), allow: z.boolean() });

/** What a click on one of the buttons says. */
export type ApprovalClick = z.infer<typeof payloadSchema>;

/** Null for actions of other widgets. */
export function readApprovalClick(action: Action): ApprovalClick | null {
  return action.type === ACTION ? (payloadSchema.safeParse(action.payload).data ?? null) : null;
}

export interface ApprovalWidgetOptions {
  /** The item that keeps the run. */
  readonly run: string;
  readonly calls: readonly ApprovalCall[];
  readonly locale: Locale;
  /** `over`: it is too late to answer. */
  readonly state: 'asking' | 'over';
}

/** Names and arguments come from the model and stand as plain text. */
export function approvalWidget({ run, calls, locale, state }: ApprovalWidgetOptions): WidgetRoot {
  const texts = TEXTS[locale];
  const click = (call: number, allow: boolean): ActionConfig =>
    widgets.action(ACTION, { run, call, allow } satisfies ApprovalClick, { loadingBehavior: 'container' });
  return widgets.card({ size: 'md' }, [
    widgets.title({ value: texts.title, size: 'sm' }),
    widgets.text({ value: state === 'over' ? texts.over : texts.lead, color: 'secondary' }),
    ...calls.map((call, index) =>
      widgets.col({ key: `call ${index}`, gap: 2 }, [
        widgets.text({ value: call.name.replaceAll('_', ' '), weight: 'semibold' }),
        ...argumentTexts(call.arguments, texts.cut),
        answerOf(call, index),
      ]),
    ),
  ]);

  function answerOf({ decision }: ApprovalCall, index: number): WidgetComponent | null {
    switch (decision) {
      case 'allowed':
        return widgets.badge({ label: texts.allowed, color: 'success' });
      case 'refused':
        return widgets.badge({ label: texts.refused, color: 'secondary' });
      case 'open':
        return state === 'over'
          ? null
          : widgets.row({ gap: 2 }, [
              widgets.button({ label: texts.allow, style: 'primary', onClickAction: click(index, true) }),
              widgets.button({ label: texts.refuse, style: 'secondary', onClickAction: click(index, false) }),
            ]);
    }
  }
}

function argumentTexts(json: string, cut: string): WidgetComponent[] {
  const text = pretty(json);
  if (text === '{}') return [];
  return [
    widgets.text({ value: text.slice(0, MAX_SHOWN), size: 'sm' }),
    ...(text.length > MAX_SHOWN ? [widgets.caption({ value: cut })] : []),
  ];
}

function pretty(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), null, 2);
  } catch {
    return json;
  }
}
