/**
 * Runs in the frame that draws diagrams: an opaque origin without network, under a policy of its own. It gets the text
 * of a diagram and answers with a picture; the page shows that as an image, in which nothing runs and nothing loads.
 */
import mermaid from 'mermaid';
import { COLOURS } from './colours.ts';
import type { DiagramJob, FrameMessage } from './messages.ts';

/** What the text of a diagram may not change, whatever it says in its own settings. */
const SECURE = [
  'secure',
  'securityLevel',
  'startOnLoad',
  'maxTextSize',
  'maxEdges',
  'suppressErrorRendering',
  'htmlLabels',
  'dompurifyConfig',
  'fontFamily',
  'altFontFamily',
  'themeCSS',
  'logLevel',
];

/**
 * Tags that load or run something. Labels are not made of HTML, but the library puts some of them into its page while it
 * measures them; the policy of the frame would stop what is in there, and it need not come to that.
 */
const HARMFUL_TAG = /<(?=[a-z!/?][^>]*[\s/"'](?:on\w+|src|srcset|srcdoc|href|style|xlink:href)\s*=)/gi;

const tell = (message: FrameMessage) => window.parent.postMessage(message, '*');

window.addEventListener('message', (event: MessageEvent<DiagramJob>) => {
  if (event.source !== window.parent) return;
  const job = event.data;
  draw(job).then(tell, (error: unknown) =>
    tell({ kind: 'failed', id: job.id, reason: error instanceof Error ? error.message : 'unknown' }),
  );
});

async function draw({ id, source, scheme }: DiagramJob): Promise<FrameMessage> {
  mermaid.initialize({
    startOnLoad: false,
    securityLevel: 'strict',
    secure: SECURE,
    maxTextSize: 50_000,
    maxEdges: 500,
    suppressErrorRendering: true,
    // Labels made of HTML would be empty in an image.
    htmlLabels: false,
    flowchart: { htmlLabels: false },
    logLevel: 'fatal',
    theme: 'base',
    themeVariables: COLOURS[scheme],
    fontFamily: 'ui-sans-serif, system-ui, sans-serif',
  });
  const { svg } = await mermaid.render(`diagram-${id}`, source.replace(HARMFUL_TAG, '‹'));
  const holder = document.createElement('div');
  holder.innerHTML = svg;
  const root = holder.querySelector('svg');
  if (root === null) throw new Error('no picture');
  const { width, height } = root.viewBox.baseVal;
  // An image has no room to be as wide as.
  root.setAttribute('width', String(width));
  root.setAttribute('height', String(height));
  root.removeAttribute('style');
  return {
    kind: 'drawn',
    id,
    svg: new XMLSerializer().serializeToString(root),
    width,
    height,
    title: root.querySelector(':scope > title')?.textContent ?? null,
    description: root.querySelector(':scope > desc')?.textContent ?? null,
  };
}

tell({ kind: 'ready' });
