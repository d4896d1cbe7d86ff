import attachments from './attachments.css?inline';
import base from './base.css?inline';
import citations from './citations.css?inline';
import code from './code.css?inline';
import composer from './composer.css?inline';
import controls from './controls.css?inline';
import diagrams from './diagrams.css?inline';
import edit from './edit.css?inline';
import forcedColors from './forced-colors.css?inline';
import history from './history.css?inline';
import layout from './layout.css?inline';
import markdown from './markdown.css?inline';
import motion from './motion.css?inline';
import pickers from './pickers.css?inline';
import print from './print.css?inline';
import questions from './questions.css?inline';
import queue from './queue.css?inline';
import rtl from './rtl.css?inline';
import shortcuts from './shortcuts.css?inline';
import suggestions from './suggestions.css?inline';
import transcript from './transcript.css?inline';
import widgetControls from './widget-controls.css?inline';
import widgetFigures from './widget-figures.css?inline';
import widgetPickers from './widget-pickers.css?inline';
import widgetWords from './widget-words.css?inline';
import widgets from './widgets.css?inline';

/** The style sheet of the shadow root. */
export const styles = [
  base,
  controls,
  layout,
  transcript,
  edit,
  markdown,
  citations,
  code,
  diagrams,
  composer,
  pickers,
  attachments,
  history,
  questions,
  queue,
  widgets,
  widgetWords,
  widgetFigures,
  widgetControls,
  widgetPickers,
  shortcuts,
  suggestions,
  rtl,
  forcedColors,
  motion,
  print,
].join('\n');
