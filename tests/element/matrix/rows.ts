/** The situations of the matrix (chatkit-element.md §1). Each plays in the page and returns what it saw. */
import type { Stage } from './app.tsx';
import { type Lab, type Options, pause, until } from './lab.ts';

export type Row = (lab: Lab, stage: Stage, thread: string) => Promise<unknown>;

/** Most rows begin with a defined tag and a chat that is ready. */
async function ready(lab: Lab, stage: Stage, more: Partial<Options> = {}): Promise<void> {
  lab.define();
  stage.show({ options: { ...lab.options(more), ...lab.handlers } });
  await until(() => lab.names().includes('onReady') && lab.box() !== null, 'the chat is ready');
}

async function streaming(lab: Lab, stage: Stage): Promise<void> {
  stage.methods().sendUserMessage({ text: 'slow please' });
  await until(() => lab.text().includes('word word'), 'words arrive');
}

async function grows(lab: Lab): Promise<true> {
  const before = lab.text().length;
  await until(() => lab.text().length > before, 'the answer grows');
  return true;
}

/** Text is drawn with the next frames, not with the event that brought it. */
async function shows(lab: Lab, text: string): Promise<true> {
  await until(() => lab.text().includes(text), `“${text}” is drawn`);
  return true;
}

const count = (list: readonly unknown[], wanted: unknown) => list.filter((each) => each === wanted).length;

async function lateDefine(lab: Lab, stage: Stage) {
  stage.show({ options: { ...lab.options(), ...lab.handlers } });
  await until(() => document.querySelector('openai-chatkit') !== null, 'React has mounted');
  let early = 'nothing';
  try {
    stage.methods().focusComposer();
  } catch (error) {
    early = error instanceof Error ? error.name : 'odd';
  }
  lab.define();
  await until(() => lab.box() !== null && lab.heard.length > 0, 'the late element works');
  await stage.methods().focusComposer();
  return { early, heard: lab.names(), focused: document.activeElement === lab.element() };
}

async function order(lab: Lab, stage: Stage) {
  lab.define();
  const place = document.createElement('div');
  document.body.append(place);
  const seen: boolean[] = [];
  for (const first of ['connect', 'options']) {
    const element = document.createElement('openai-chatkit') as ReturnType<Lab['element']>;
    if (first === 'options') element.setOptions(lab.options());
    place.append(element);
    await pause(30);
    if (first === 'connect') element.setOptions(lab.options());
    const box = () => element.shadowRoot?.querySelector('textarea, [role=textbox]') ?? null;
    await until(() => box() !== null, `it draws (${first} first)`);
    seen.push(true);
    element.remove();
  }
  stage.show({ options: lab.options() });
  await until(() => lab.box() !== null, 'it draws in React');
  return seen;
}

async function earlyEvents(lab: Lab, stage: Stage, initialThread: string) {
  await ready(lab, stage, { initialThread });
  await until(() => lab.names().includes('onThreadLoadEnd'), 'the thread is there');
  await pause();
  return lab.names();
}

async function earlyEventsLate(lab: Lab, stage: Stage, initialThread: string) {
  stage.show({ options: { ...lab.options({ initialThread }), ...lab.handlers } });
  await pause();
  lab.define();
  await until(() => lab.names().includes('onThreadLoadEnd'), 'the thread is there');
  await pause();
  return lab.names();
}

async function badOptions(lab: Lab, stage: Stage) {
  lab.define();
  const hosted = { api: { getClientSecret: async () => 'secret' }, locale: 'en' } as const;
  stage.show({ options: { ...hosted, ...lab.handlers } });
  const alert = () => lab.element().shadowRoot?.querySelector('[role=alert]')?.textContent ?? '';
  await until(() => lab.heard.length > 0 && alert() !== '', 'the error shows');
  await pause();
  const first = { standing: stage.standing(), heard: lab.names(), shown: alert().length > 0 };
  stage.show({ options: { ...lab.options(), ...lab.handlers } });
  await until(() => lab.box() !== null, 'it is repaired');
  return { ...first, repaired: lab.names().at(-1) };
}

async function repeats(lab: Lab, stage: Stage, initialThread: string) {
  await ready(lab, stage, { initialThread });
  await until(() => lab.names().includes('onThreadLoadEnd'), 'the thread is there');
  await pause();
  const same = lab.given.every((each) => each === lab.given[0]);
  return { calls: lab.given.length, same, loads: count(lab.asked, 'threads.get_by_id') };
}

async function inlineFunctions(lab: Lab, stage: Stage) {
  const clicked: number[] = [];
  const options = (turn: number, placeholder: string): Options => ({
    ...lab.options({ composer: { placeholder } }),
    ...lab.handlers,
    header: { leftAction: { icon: 'settings-cog', onClick: () => clicked.push(turn) } },
  });
  lab.define();
  stage.show({ options: options(1, 'Ask') });
  await until(() => lab.names().includes('onReady'), 'ready');
  await streaming(lab, stage);
  await stage.methods().setComposerValue({ text: 'a draft' });
  const calls = lab.given.length;
  stage.show({ options: options(2, 'Ask') });
  await pause();
  const sameOptions = lab.given.length - calls;
  const action = () => lab.element().shadowRoot?.querySelector<HTMLElement>('.ck-header button');
  action()?.click();
  stage.show({ options: { ...options(3, 'Ask anything'), theme: 'dark' } });
  await pause();
  const otherOptions = lab.given.length - calls;
  action()?.click();
  const dark = lab.element().shadowRoot?.querySelector('.ck')?.getAttribute('data-scheme');
  return {
    ...{ sameOptions, otherOptions, clicked, dark, draft: lab.draft() },
    ...{ grows: await grows(lab), asked: lab.asked.length },
  };
}

async function notPlain(lab: Lab, stage: Stage) {
  class Point {
    x = 1;
  }
  const odd = () => ({ since: new Date(0), where: new Point(), list: new Map([[1, 2]]) });
  await ready(lab, stage, odd() as Partial<Options>);
  await stage.methods().setComposerValue({ text: 'a draft' });
  const box = lab.box();
  const calls = lab.given.length;
  for (let turn = 0; turn < 5; turn += 1) {
    stage.show({ options: { ...lab.options(odd() as Partial<Options>), ...lab.handlers } });
    await pause(20);
  }
  return {
    everyRender: lab.given.length - calls,
    ...{ sameBox: lab.box() === box, draft: lab.draft(), asked: lab.asked.length },
  };
}

async function cyclic(lab: Lab, stage: Stage) {
  await ready(lab, stage);
  const options: Record<string, unknown> = { ...lab.options(), frameTitle: 'Round' };
  options.self = options;
  options.composer = { placeholder: 'Round', up: options };
  lab.element().setOptions(options as unknown as Options);
  lab.element().setOptions({ ...options } as unknown as Options);
  const label = () => lab.element().shadowRoot?.querySelector('.ck')?.getAttribute('aria-label');
  await until(() => label() === 'Round', 'the new title is there');
  return { names: lab.names() };
}

async function voidEvents(lab: Lab, stage: Stage) {
  await ready(lab, stage);
  await stage.methods().showHistory();
  await stage.methods().hideHistory();
  await pause();
  return lab.heard;
}

async function throwingHandler(lab: Lab, stage: Stage) {
  lab.define();
  const handlers = {
    ...lab.handlers,
    onReady: () => {
      throw new Error('from the page');
    },
  };
  stage.show({ options: { ...lab.options(), ...handlers } });
  await until(() => lab.errors.length > 0, 'the error is reported');
  stage.methods().sendUserMessage({ text: 'hello' });
  await until(() => lab.names().includes('onResponseEnd'), 'the chat goes on');
  const reported = lab.errors.splice(0).some((error) => error.includes('from the page'));
  return { reported, answered: await shows(lab, 'You said: hello') };
}

async function extraProps(lab: Lab, stage: Stage) {
  lab.define();
  const show = (className: string) =>
    stage.show({
      options: lab.options(),
      extra: { className, id: 'assistant', 'data-kind': 'chat', style: { height: '50%' } },
    });
  show('chat wide');
  await until(() => lab.box() !== null, 'it draws');
  const first = [...lab.element().classList];
  show('chat narrow');
  await pause();
  const element = lab.element();
  const { id } = element;
  return {
    ...{ first, after: [...element.classList], id },
    ...{ kind: element.dataset.kind, height: element.style.height },
  };
}

async function refChurn(lab: Lab, stage: Stage) {
  lab.define();
  const refs: boolean[] = [];
  const ref = (element: unknown) => {
    refs.push(element !== null);
  };
  stage.show({ options: { ...lab.options(), ...lab.handlers }, ref });
  await until(() => lab.box() !== null && lab.heard.length > 0, 'it draws');
  await streaming(lab, stage);
  const box = lab.box();
  const before = refs.length;
  for (let turn = 0; turn < 3; turn += 1) {
    stage.show({ options: { ...lab.options(), ...lab.handlers }, ref });
    await pause(20);
  }
  return {
    churned: refs.length > before && refs.includes(false),
    ...{ sameBox: lab.box() === box, grows: await grows(lab), readies: count(lab.names(), 'onReady') },
  };
}

async function layoutMethod(lab: Lab, stage: Stage) {
  lab.define();
  let sent = false;
  stage.show({
    options: { ...lab.options(), ...lab.handlers },
    onLayout(methods) {
      if (sent) return;
      sent = true;
      methods.sendUserMessage({ text: 'from the layout effect' });
    },
  });
  await until(() => lab.names().includes('onResponseEnd'), 'it is answered');
  return { names: lab.names().slice(0, 2), text: await shows(lab, 'You said: from the layout effect') };
}

async function twoOnOneControl(lab: Lab, stage: Stage) {
  lab.define();
  stage.show({ options: lab.options(), copies: 2 });
  const boxes = () =>
    lab.elements().map((element) => element.shadowRoot?.querySelector('textarea, [role=textbox]') ?? null);
  await until(() => boxes().length === 2 && !boxes().includes(null), 'both draw');
  await stage.methods().sendUserMessage({ text: 'hello' });
  const texts = () => lab.elements().map((element) => element.shadowRoot?.textContent ?? '');
  await until(() => texts().some((text) => text.includes('You said: hello')), 'one answers');
  return texts().map((text) => text.includes('You said: hello'));
}

async function sharedObject(lab: Lab, stage: Stage) {
  await ready(lab, stage, { composer: { models: [{ id: 'm', label: 'M' }] }, startScreen: { prompts: [] } });
  const copy = JSON.stringify(lab.given[0]);
  const frozen = Object.freeze({ ...lab.options(), composer: Object.freeze({ placeholder: 'Frozen' }) });
  lab.element().setOptions(frozen);
  stage.methods().sendUserMessage({ text: 'hello' });
  await until(() => lab.names().includes('onResponseEnd'), 'it is answered');
  return { untouched: JSON.stringify(lab.given[0]) === copy };
}

async function undefinedValues(lab: Lab, stage: Stage) {
  const nothing = Object.fromEntries(
    [
      ...['theme', 'frameTitle', 'initialThread', 'onClientTool', 'header', 'history', 'startScreen'],
      ...['threadItemActions', 'thread', 'composer', 'disclaimer', 'entities', 'commands', 'widgets'],
    ].map((key) => [key, undefined]),
  );
  await ready(lab, stage, nothing as Partial<Options>);
  return { text: lab.text().includes('help'), names: lab.names() };
}

async function activity(lab: Lab, stage: Stage) {
  lab.define();
  const scene = { options: { ...lab.options(), ...lab.handlers } };
  stage.show({ ...scene, activity: 'visible' });
  await until(() => lab.names().includes('onReady'), 'ready');
  await streaming(lab, stage);
  stage.show({ ...scene, activity: 'hidden' });
  await until(() => lab.element().style.display === 'none', 'it is hidden');
  const hiddenGrows = await grows(lab);
  const calls = lab.given.length;
  stage.show({ ...scene, activity: 'visible' });
  await until(() => lab.element().style.display !== 'none', 'it shows');
  await pause();
  await stage.methods().showHistory();
  await pause();
  return {
    hiddenGrows,
    ...{ given: lab.given.length > calls, heardAgain: lab.names().at(-1) },
    ...{ readies: count(lab.names(), 'onReady'), sends: count(lab.asked, 'threads.create') },
  };
}

async function suspense(lab: Lab, stage: Stage) {
  lab.define();
  const scene = { options: { ...lab.options(), ...lab.handlers } };
  stage.show(scene);
  await until(() => lab.names().includes('onReady'), 'ready');
  stage.methods().sendUserMessage({ text: 'hello' });
  stage.show({ ...scene, suspended: true });
  await until(() => lab.names().includes('onResponseEnd'), 'events arrive while suspended');
  stage.show({ ...scene, suspended: false });
  await until(() => lab.element().style.display !== 'none', 'it shows');
  return { text: await shows(lab, 'You said: hello'), readies: count(lab.names(), 'onReady') };
}

async function keyChange(lab: Lab, stage: Stage) {
  await ready(lab, stage);
  await streaming(lab, stage);
  const old = lab.element();
  stage.show({ options: { ...lab.options(), ...lab.handlers }, key: 'second' });
  await until(() => lab.elements()[0] !== old && lab.box() !== null, 'the new one draws');
  stage.methods().sendUserMessage({ text: 'hello' });
  await until(() => lab.text().includes('You said: hello'), 'the new one answers');
  return { elements: lab.elements().length, oldEmpty: old.shadowRoot?.querySelector('.ck') === null };
}

async function moved(lab: Lab, stage: Stage) {
  await ready(lab, stage);
  await streaming(lab, stage);
  await stage.methods().setComposerValue({ text: 'a draft' });
  const home = lab.element().parentElement;
  const other = document.createElement('div');
  document.body.append(other);
  const box = lab.box();
  for (const way of ['append', 'moveBefore'] as const) {
    other.append(lab.element());
    await pause(30);
    if (way === 'append') home?.append(lab.element());
    else (home as unknown as { moveBefore(a: Node, b: null): void }).moveBefore(lab.element(), null);
    await pause(30);
  }
  const result = { sameBox: lab.box() === box, draft: lab.draft(), grows: await grows(lab) };
  return { ...result, readies: count(lab.names(), 'onReady') };
}

async function unmounted(lab: Lab, stage: Stage) {
  await ready(lab, stage);
  await streaming(lab, stage);
  const element = lab.element();
  const before = lab.names().length;
  stage.unmount();
  await pause(120);
  return { after: lab.names().length - before, empty: element.shadowRoot?.querySelector('.ck') === null };
}

export const rows = {
  ...{ lateDefine, order, earlyEvents, earlyEventsLate, badOptions, repeats, inlineFunctions, notPlain },
  ...{ cyclic, voidEvents, throwingHandler, extraProps, refChurn, layoutMethod, twoOnOneControl },
  ...{ sharedObject, undefinedValues, activity, suspense, keyChange, moved, unmounted },
} satisfies Record<string, Row>;
