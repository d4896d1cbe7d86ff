/** What a host may change about how a run becomes ChatKit events. */
import type { Annotation, Task } from '../../../src-shared/chatkit/index.ts';
import type { Locale } from '../../context.ts';
import {
  type ContainerFileCitation,
  type FileCitation,
  fileAnnotation,
  readCitation,
  type UrlCitation,
  urlAnnotation,
} from '../stream/citations.ts';
import { hostedTask } from '../stream/hosted-tools.ts';

/** A call of a function tool, as the model made it. */
export interface FunctionCall {
  /** The model's id of the call; null where it gave none. */
  readonly callId: string | null;
  /** The provider's id of the item; null where it gave none. */
  readonly itemId: string | null;
  readonly name: string;
  /** JSON as the model wrote it, unchecked. */
  readonly arguments: string;
}

/** `done` also where nothing is known of how the tool did. */
export type ToolState = 'running' | 'done' | 'failed';

export interface ConverterOptions {
  /**
   * `own`: every item gets an id of the store; providers repeat theirs, and an answer would then replace an older one.
   * `provider`: messages and client tool calls keep the ids of the model, as the reference does. Default: `own`.
   */
  readonly itemIds?: 'own' | 'provider';
  /**
   * `protocol`: exactly the events of protocol §8.1. `full`: also tools at work as tasks, each thought as it grows,
   * refusals word by word, hand-overs; and nothing stays open. Default: `full`, with ids of the provider `protocol`.
   */
  readonly detail?: 'protocol' | 'full';
  /** How many previews of an image the model was asked for; without it their progress stays 0. */
  readonly partialImages?: number;
  /** Language of the few words of our own. Default: `en`. */
  readonly locale?: Locale;
}

const TEXTS = {
  en: { failed: 'This did not work.', handedOver: 'Now answering: ' },
  fr: { failed: 'Cela n’a pas fonctionné.', handedOver: 'Répond maintenant : ' },
} as const;

/** Turns what a model says into what people see (protocol §8.1). Override a method to change one thing. */
export class ResponseStreamConverter {
  readonly itemIds: 'own' | 'provider';
  readonly detail: 'protocol' | 'full';
  readonly partialImages: number | null;
  readonly locale: Locale;

  constructor(options: ConverterOptions = {}) {
    this.itemIds = options.itemIds ?? 'own';
    this.detail = options.detail ?? (this.itemIds === 'provider' ? 'protocol' : 'full');
    this.partialImages = options.partialImages ?? null;
    this.locale = options.locale ?? 'en';
  }

  /**
   * The address of a generated image. The default puts the bytes into the address; a host that keeps threads for long
   * stores them instead. A rejection ends the turn with an error.
   *
   * @param partialIndex the number of a preview; undefined for the finished image, the only one that is kept
   */
  base64ImageToUrl(_imageId: string, base64: string, _partialIndex?: number): string | Promise<string> {
    return `data:image/png;base64,${base64}`;
  }

  /** How far an image is when this preview of it arrives: between 0 and 1. */
  partialImageIndexToProgress(partialIndex: number): number {
    return this.partialImages === null || this.partialImages <= 0
      ? 0
      : Math.min(1, partialIndex / this.partialImages);
  }

  /** Null: the citation is not shown. */
  fileCitationToAnnotation(citation: FileCitation): Annotation | null {
    return fileAnnotation(citation.filename, citation.index);
  }

  /** Null: the citation is not shown. */
  containerFileCitationToAnnotation(citation: ContainerFileCitation): Annotation | null {
    return fileAnnotation(citation.filename, citation.end_index);
  }

  /** Null: the citation is not shown. The default shows only addresses that a page may link to. */
  urlCitationToAnnotation(citation: UrlCitation): Annotation | null {
    return urlAnnotation(citation);
  }

  /** A tool that ran on the model's side (web search, file search, code, MCP); null: not shown. */
  hostedToolToTask(item: unknown, done: boolean): Task | null {
    return hostedTask(item, done, this.locale);
  }

  /** A tool of the host at work; null: not shown, for tools that tell of themselves. */
  functionToolToTask(call: FunctionCall, state: ToolState): Task | null {
    return {
      type: 'custom',
      status_indicator: state === 'running' ? 'loading' : 'complete',
      title: call.name.replaceAll('_', ' '),
      ...(state === 'failed' ? { content: TEXTS[this.locale].failed } : {}),
    };
  }

  /** What is said when another agent takes over; null: nothing. */
  handoffToProgress(agentName: string): string | null {
    return `${TEXTS[this.locale].handedOver}${agentName}`;
  }
}

/** The annotation for anything a model cites, by the converter's methods; null: not shown. */
export function annotationBy(converter: ResponseStreamConverter, value: unknown): Annotation | null {
  const citation = readCitation(value);
  switch (citation?.type) {
    case 'url_citation':
      return converter.urlCitationToAnnotation(citation);
    case 'file_citation':
      return converter.fileCitationToAnnotation(citation);
    case 'container_file_citation':
      return converter.containerFileCitationToAnnotation(citation);
    default:
      return null;
  }
}
