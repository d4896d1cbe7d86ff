/** Tools of an assistant, and how people see them at work. */
import type { Tool } from '@openai/agents-core';
import type { z } from 'zod';
import type { Locale, RequestContext } from '../context.ts';
import type { AgentContext } from './bridge/agent-context.ts';
import type { AgentsCore } from './sdk.ts';

export interface ToolUse {
  readonly context: RequestContext;
  /** Aborts when the turn is stopped. */
  readonly signal: AbortSignal;
  /** The conversation: for widgets, workflows and events of the tool's own. */
  readonly chat: AgentContext<RequestContext>;
}

/** What a person sees while a tool works. */
export interface ToolTitle {
  readonly title: string;
  /** One of the protocol's icon names. */
  readonly icon?: string;
}

/** A tool that the model may call. Made with {@link defineTool} or {@link defineClientTool}. */
export interface AssistantTool {
  /** `client`: its work is done in the browser, so the turn ends with it and goes on with its result. */
  readonly kind: 'server' | 'client';
  /** Whether later turns are told what it found out. Not for what is quickly asked again or soon out of date. */
  readonly remember: boolean;
  readonly name: string;
  /** For the model: what it does and when to use it. */
  readonly description: string;
  readonly parameters: z.ZodObject;
  /** @param args as the model wrote them, unchecked */
  title(args: unknown, locale: Locale): ToolTitle;
  /** @param args already parsed by `parameters` @throws when it cannot do its work; the model is told that it failed */
  run(args: unknown, use: ToolUse & { readonly callId: string }): Promise<string>;
}

/** Makes a tool whose functions know the types of its parameters. */
export function defineTool<P extends z.ZodObject>(definition: {
  /** Default: true. */
  remember?: boolean;
  name: string;
  description: string;
  parameters: P;
  /** Null where the model's arguments make no sense. */
  title(args: z.infer<P> | null, locale: Locale): ToolTitle;
  run(args: z.infer<P>, use: ToolUse): Promise<string> | string;
}): AssistantTool {
  const { name, description, parameters } = definition;
  return {
    kind: 'server',
    remember: definition.remember ?? true,
    name,
    description,
    parameters,
    title: (args, locale) => {
      const parsed = parameters.safeParse(args);
      return definition.title(parsed.success ? parsed.data : null, locale);
    },
    run: async (args, use) => definition.run(parameters.parse(args), use),
  };
}

/** Makes a tool whose work is done in the browser (protocol §8.1): the page gets its name and arguments. */
export function defineClientTool<P extends z.ZodObject>(definition: {
  name: string;
  description: string;
  parameters: P;
  /** Null where the model's arguments make no sense. */
  title(args: z.infer<P> | null, locale: Locale): ToolTitle;
}): AssistantTool {
  const tool = defineTool({ ...definition, remember: false, run: () => '' });
  return {
    ...tool,
    kind: 'client',
    run: async (args, { chat, callId }) => {
      chat.callClientTool(tool.name, definition.parameters.parse(args), callId);
      return '';
    },
  };
}

/** What the model is told instead of the reason, which may hold more than it should know. */
const FAILED = 'The tool failed. Tell the user that this did not work, or go on without it.';

/**
 * @param onFailure called with the id of a call that did not work
 */
export function toSdkTool(
  tool: AssistantTool,
  core: AgentsCore,
  chat: AgentContext<RequestContext>,
  onFailure: (callId: string) => void,
): Tool {
  return core.tool({
    name: tool.name,
    description: tool.description,
    parameters: tool.parameters,
    execute: async (args: unknown, _run, details) => {
      const context = chat.requestContext;
      const callId = details?.toolCall?.callId ?? '';
      try {
        return await tool.run(args, { context, chat, callId, signal: details?.signal ?? context.signal });
      } catch {
        onFailure(callId);
        return FAILED;
      }
    },
  });
}
