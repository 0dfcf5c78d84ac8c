/**
 * Facts that people add to a cause. They are notes of the case, anchored to the cause; they stand beside the evidence
 * and change no share.
 */
import { useState } from 'react';
import type { EntityRef } from '../../../shared/model/entity.ts';
import { useProcedures } from '../../client/engine-context.tsx';
import { useQuery } from '../../client/use-query.ts';
import { useNaming } from '../../stores/naming.ts';
import { usePreferences } from '../../stores/preferences.ts';
import { clockText } from '../../stores/time-format.ts';
import { Button } from '../../ui/controls.tsx';
import { SafeText } from '../../ui/entity-mark.tsx';
import { Icon } from '../../ui/icon.tsx';

/** `anchorRef` of notes about a cause. */
export function anchorOfCause(key: string): string {
  return `cause:${key}`.slice(0, 1_000);
}

export function Facts({ causeKey }: { readonly causeKey: string }) {
  const { data } = useQuery('note.list', {});
  const naming = useNaming();
  const zone = usePreferences((preferences) => preferences.zone);
  const facts = data?.notes.filter(({ anchorRef }) => anchorRef === anchorOfCause(causeKey)) ?? [];
  if (facts.length === 0) return null;
  return (
    <section className="evidence" aria-label="Facts added by people">
      <h3>
        <Icon name="people" size={14} />
        Added by people <span className="text-3">{facts.length}</span>
        <span className="evidence-aside detail">changes no share</span>
      </h3>
      <ul>
        {facts.map(({ id, text, author, createdTime }) => (
          <li key={id} className="evidence-row">
            <div className="evidence-line">
              <span className="evidence-kind">
                <Icon name="info" size={14} />
              </span>
              <span className="evidence-words">
                <span dir="auto">
                  <SafeText>{text}</SafeText>
                </span>
                <span className="detail text-3">
                  {author === '' ? 'someone here' : <bdi>{naming.person(author, 'responder')}</bdi>},{' '}
                  {clockText(createdTime, zone)}
                </span>
              </span>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function AddFact(properties: {
  readonly causeKey: string;
  readonly entity: EntityRef;
  readonly onDone: () => void;
}) {
  const procedures = useProcedures();
  const author = usePreferences((preferences) => preferences.author);
  const [text, setText] = useState('');
  const [failure, setFailure] = useState('');
  function add(): void {
    if (text.trim() === '') return properties.onDone();
    procedures['note.add']({
      text: text.trim(),
      author,
      entity: properties.entity,
      anchorRef: anchorOfCause(properties.causeKey),
    }).then(
      () => properties.onDone(),
      (error: unknown) => setFailure(error instanceof Error ? error.message : String(error)),
    );
  }
  return (
    <form
      className="cause-fact-form"
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        event.preventDefault();
        properties.onDone();
      }}
    >
      <input
        className="field grow"
        aria-label="A fact about this cause"
        placeholder="What is known about it, such as: reproduced on staging"
        maxLength={2_000}
        value={text}
        ref={(field) => field?.focus()}
        onChange={(event) => setText(event.target.value)}
      />
      <Button look="primary" isSmall onClick={add}>
        Add
      </Button>
      <Button isSmall onClick={properties.onDone}>
        Cancel
      </Button>
      {failure !== '' && <span role="alert">{failure}</span>}
    </form>
  );
}
