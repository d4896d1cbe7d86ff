/** The model libraries, loaded when first needed: importing them takes a third of a second that a start should not wait for. */

export type AgentsCore = typeof import('@openai/agents-core');

export interface Sdk {
  readonly core: AgentsCore;
  readonly openai: typeof import('openai');
  readonly models: typeof import('@openai/agents-openai');
}

/**
 * Loads the libraries; the module loader keeps them, so that later calls cost nothing.
 *
 * `@openai/agents` itself is not imported: it installs an exporter that sends prompts and answers to OpenAI. The parts
 * install none, and tracing is switched off besides.
 */
export async function loadSdk(): Promise<Sdk> {
  const [core, openai, models] = await Promise.all([
    import('@openai/agents-core'),
    import('openai'),
    import('@openai/agents-openai'),
  ]);
  core.setTracingDisabled(true);
  return { core, openai, models };
}

/** Loads what the first message will need, so that the first person does not wait for it. */
export async function warmUp(): Promise<void> {
  await loadSdk();
}
