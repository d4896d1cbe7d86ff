/** `.widget` files: widgets designed elsewhere, filled with data here (protocol §7.4). */
import { readFile } from 'node:fs/promises';
import { parse, tokenize } from '@huggingface/jinja';
import { z } from 'zod';
import { authoredWidgetSchema, type WidgetRoot } from '../../../src-shared/chatkit/index.ts';
import { isTooDeep } from '../depth.ts';
import { renderStrictly } from './jinja.ts';

/** A template, its data or what they give cannot be used. */
export class WidgetTemplateError extends Error {
  override readonly name = 'WidgetTemplateError';
}

const definitionSchema = z.object({ version: z.literal('1.0'), name: z.string(), template: z.string() });

/** A template that was read once and can be built many times. */
export class WidgetTemplate {
  readonly name: string;
  readonly #program: ReturnType<typeof parse>;

  private constructor(name: string, program: ReturnType<typeof parse>) {
    this.name = name;
    this.#program = program;
  }

  /**
   * Reads a definition. Its `jsonSchema` is for editors; like the reference, it is not enforced.
   *
   * @throws {WidgetTemplateError} when it is no template of version 1.0
   */
  static parse(definition: unknown): WidgetTemplate {
    const parsed = definitionSchema.safeParse(definition);
    if (!parsed.success) {
      throw new WidgetTemplateError(`not a widget template: ${z.prettifyError(parsed.error)}`);
    }
    const { name, template } = parsed.data;
    return guarded(name, () => new WidgetTemplate(name, parse(tokenize(template))));
  }

  /**
   * Reads a `.widget` file.
   *
   * @param file relative to `from`, the URL of the module that asks (`import.meta.url`), or a URL
   * @throws {WidgetTemplateError} @throws what reading the file throws
   */
  static async fromFile(file: string | URL, from?: string | URL): Promise<WidgetTemplate> {
    const text = await readFile(
      typeof file === 'string' && from !== undefined ? new URL(file, from) : file,
      'utf8',
    );
    return WidgetTemplate.parse(guarded(String(file), () => JSON.parse(text) as unknown));
  }

  /**
   * The widget with this data. A variable that is missing is an error, as are endless loops.
   *
   * @throws {WidgetTemplateError}
   */
  build(data: Readonly<Record<string, unknown>> | null = null): WidgetRoot {
    return guarded(this.name, () => {
      const json: unknown = JSON.parse(renderStrictly(this.#program, data ?? {}));
      if (isTooDeep(json)) throw new Error('the widget is nested too deeply');
      const widget = authoredWidgetSchema.safeParse(json);
      if (!widget.success) throw new Error(z.prettifyError(widget.error));
      return widget.data;
    });
  }
}

function guarded<T>(name: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof WidgetTemplateError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new WidgetTemplateError(`widget template ${name}: ${why}`, { cause: error });
  }
}
