import attachments from './attachments.css?inline';
import base from './base.css?inline';
import cards from './cards.css?inline';
import citations from './citations.css?inline';
import code from './code.css?inline';
import composer from './composer.css?inline';
import controls from './controls.css?inline';
import diagrams from './diagrams.css?inline';
import edit from './edit.css?inline';
import forcedColors from './forced-colors.css?inline';
import history from './history.css?inline';
import historySearch from './history-search.css?inline';
import layout from './layout.css?inline';
import markdown from './markdown.css?inline';
import motion from './motion.css?inline';
import narrow from './narrow.css?inline';
import notices from './notices.css?inline';
import overText from './over-text.css?inline';
import pickers from './pickers.css?inline';
import print from './print.css?inline';
import questions from './questions.css?inline';
import queue from './queue.css?inline';
import rtl from './rtl.css?inline';
import shortcuts from './shortcuts.css?inline';
import skeleton from './skeleton.css?inline';
import start from './start.css?inline';
import steps from './steps.css?inline';
import suggestions from './suggestions.css?inline';
import transcript from './transcript.css?inline';
import widgetBoxes from './widget-boxes.css?inline';
import widgetButtons from './widget-buttons.css?inline';
import widgetCalendar from './widget-calendar.css?inline';
import widgetColors from './widget-colors.css?inline';
import widgetFields from './widget-fields.css?inline';
import widgetFigures from './widget-figures.css?inline';
import widgetFrames from './widget-frames.css?inline';
import widgetPickers from './widget-pickers.css?inline';
import widgetRows from './widget-rows.css?inline';
import widgetWords from './widget-words.css?inline';
import working from './working.css?inline';

/** The style sheet of the shadow root. */
export const styles = [
  base,
  controls,
  layout,
  start,
  overText,
  skeleton,
  narrow,
  transcript,
  working,
  steps,
  cards,
  notices,
  edit,
  markdown,
  citations,
  code,
  diagrams,
  composer,
  pickers,
  attachments,
  history,
  historySearch,
  questions,
  queue,
  widgetColors,
  widgetFrames,
  widgetBoxes,
  widgetRows,
  widgetWords,
  widgetFigures,
  widgetButtons,
  widgetFields,
  widgetPickers,
  widgetCalendar,
  shortcuts,
  suggestions,
  rtl,
  forcedColors,
  motion,
  print,
].join('\n');
