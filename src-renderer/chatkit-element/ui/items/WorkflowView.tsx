import { memo, useState } from 'react';
import type { Task, WorkflowItem } from '../../../../src-shared/chatkit/index.ts';
import type { Strings } from '../../i18n/strings.ts';
import { fill } from '../../i18n/strings.ts';
import { usePage, useStrings } from '../context.ts';
import { Icon } from '../Icon.tsx';
import { Markdown } from '../markdown/Markdown.tsx';
import { SourceList } from './AssistantMessage.tsx';

/** Steps and reasoning behind a disclosure: open when the server says so, or by hand. */
export const WorkflowView = memo(function WorkflowView({
  item,
  running,
}: {
  item: WorkflowItem;
  running: boolean;
}) {
  const { language } = usePage();
  const { workflow } = item;
  const [chosen, setChosen] = useState<boolean | null>(null);
  const tasks = workflow.tasks.map((task, key) => ({ key, task }));
  const expanded = chosen ?? workflow.expanded;
  const title = workflowTitle(item, running, language.strings, language.stringsLocale);
  if (tasks.length === 0) return <p className={running ? 'ck-shimmer' : 'ck-muted'}>{title}</p>;
  return (
    <details
      className="ck-disclosure"
      data-item={item.id}
      open={expanded}
      onToggle={({ currentTarget: { open } }) => {
        // Also fires when the server changes `expanded`; only a hand makes a difference here.
        if (open !== expanded) setChosen(open);
      }}
    >
      <summary>
        <Icon name={workflowIcon(item)} size={16} />
        <span className={running ? 'ck-shimmer' : ''}>{title}</span>
      </summary>
      <ul className="ck-tasks">
        {tasks.map(({ key, task }) => (
          <li key={key}>
            <TaskView task={task} running={running} />
          </li>
        ))}
      </ul>
    </details>
  );
});

/** One task, inside a workflow or on its own. */
export function TaskView({ task, running }: { task: Task; running: boolean }) {
  const strings = useStrings();
  const loading = running && task.status_indicator === 'loading';
  const title = taskTitle(task, strings);
  return (
    <div className="ck-task">
      <span className="ck-task-head">
        <Icon name={task.status_indicator === 'complete' ? 'check' : taskIcon(task)} size={16} />
        <span className={loading ? 'ck-shimmer' : ''}>{title}</span>
      </span>
      <TaskBody task={task} running={running} />
    </div>
  );
}

function TaskBody({ task, running }: { task: Task; running: boolean }) {
  switch (task.type) {
    case 'custom':
    case 'thought':
      return task.content ? <Markdown text={task.content} streaming={running} /> : null;
    case 'web_search':
      return (
        <>
          {task.queries.length > 0 && <p className="ck-muted">{task.queries.join(' · ')}</p>}
          {task.sources.length > 0 && <SourceList sources={task.sources} />}
        </>
      );
    case 'file':
      return task.sources.length > 0 ? <SourceList sources={task.sources} /> : null;
    case 'image':
      return null;
  }
}

function taskTitle(task: Task, strings: Strings): string {
  if (task.title) return task.title;
  switch (task.type) {
    case 'web_search':
      return task.title_query || strings.searchedWeb;
    case 'file':
      return strings.searchedFiles;
    case 'image':
      return strings.madeImage;
    case 'thought':
      return strings.thought;
    case 'custom':
      return strings.task;
  }
}

function taskIcon(task: Task): string {
  switch (task.type) {
    case 'custom':
      return task.icon ?? 'empty-circle';
    case 'web_search':
      return 'globe';
    case 'file':
      return 'document';
    case 'image':
      return 'square-image';
    case 'thought':
      return 'lightbulb';
  }
}

function workflowTitle(
  { workflow }: WorkflowItem,
  running: boolean,
  strings: Strings,
  locale: string,
): string {
  const { summary, tasks, type } = workflow;
  if (summary !== undefined && summary !== null) {
    if ('title' in summary) return summary.title;
    const took = type === 'reasoning' ? strings.thoughtFor : strings.finishedIn;
    return fill(took, { duration: durationText(summary.duration, locale) });
  }
  const current = tasks.at(-1);
  if (running && current?.title) return current.title;
  if (type === 'reasoning') return running ? strings.thinking : strings.thought;
  return fill(strings.steps, { n: tasks.length });
}

function workflowIcon({ workflow: { summary, type } }: WorkflowItem): string {
  const own = summary != null && 'title' in summary ? summary.icon : null;
  return own ?? (type === 'reasoning' ? 'lightbulb' : 'batch');
}

/** Whole seconds as words, in the language of the sentence around them. */
function durationText(seconds: number, locale: string): string {
  const part = (value: number, unit: 'second' | 'minute') =>
    new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(value);
  const minutes = Math.floor(seconds / 60);
  const rest = seconds % 60;
  if (minutes === 0) return part(seconds, 'second');
  return rest === 0 ? part(minutes, 'minute') : `${part(minutes, 'minute')} ${part(rest, 'second')}`;
}
