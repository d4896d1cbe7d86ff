import { type ReactNode, useId } from 'react';
import styles from './section.module.css';

/** A framed part of a page with a heading of its own. */
export function Section(props: { title: string; lead?: string; action?: ReactNode; children?: ReactNode }) {
  const id = useId();
  return (
    <section className={styles.section} aria-labelledby={id}>
      <div className={styles.head}>
        <div className={styles.words}>
          <h2 id={id}>{props.title}</h2>
          {props.lead !== undefined && <p>{props.lead}</p>}
        </div>
        {props.action}
      </div>
      {props.children}
    </section>
  );
}

/** Names and values, one below the other. */
export function Facts({ facts }: { facts: readonly (readonly [name: string, value: ReactNode])[] }) {
  return (
    <dl className={styles.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
