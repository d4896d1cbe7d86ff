import base from './base.css?inline';
import composer from './composer.css?inline';
import controls from './controls.css?inline';
import history from './history.css?inline';
import layout from './layout.css?inline';
import markdown from './markdown.css?inline';
import motion from './motion.css?inline';
import shortcuts from './shortcuts.css?inline';
import transcript from './transcript.css?inline';

/** The style sheet of the shadow root. */
export const styles = [
  base,
  controls,
  layout,
  transcript,
  markdown,
  composer,
  history,
  shortcuts,
  motion,
].join('\n');
