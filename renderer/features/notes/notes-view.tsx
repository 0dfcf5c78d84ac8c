/** What people did and decided, in time order, and the post-mortem that grows out of it. */
import { useState } from 'react';
import { useProcedures, useIsOperator } from '../../client/engine-context.tsx';
import type { QueryOutput } from '../../client/query-cache.ts';
import { useQuery } from '../../client/use-query.ts';
import { copyText } from '../../client/copy-text.ts';
import { useNaming } from '../../stores/naming.ts';
import type { Naming } from '../../stores/naming.ts';
import { usePreferences } from '../../stores/preferences.ts';
import { clockText, dayText } from '../../stores/time-format.ts';
import { tellAddress } from '../../stores/view-address.ts';
import { look, useViewStore, viewStateOf } from '../../stores/view-state.ts';
import type { ViewState } from '../../stores/view-state.ts';
import { Button, Chip, IconButton, LinkButton } from '../../ui/controls.tsx';
import { EntityName, SafeText } from '../../ui/entity-mark.tsx';
import { SplitPane } from '../../ui/split-pane.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx';
import { kindWord } from './note-composer.tsx';
import { PostMortemPanel } from './post-mortem-panel.tsx';
import './notes.css';

type Note = QueryOutput<'note.list'>['notes'][number];

/** Half of the stretch that is shown around a note's moment. */
const AROUND_NS = 300_000_000_000n;

export function NotesView() {
  return (
    <SplitPane
      name="notes"
      label="Notes and post-mortem"
      direction="columns"
      initialShare={0.46}
      first={<NoteListPanel />}
      second={<PostMortemPanel />}
    />
  );
}

function NoteListPanel() {
  const { data, error } = useQuery('note.list', {});
  const isOperator = useIsOperator();
  const notes = [...(data?.notes ?? [])].sort((a, b) => Number(timeOf(a) - timeOf(b)));
  return (
    <section className="panel grow" aria-label="Notes">
      <header className="panel-header">
        <h1>Notes</h1>
        <span className="text-3 detail">{notes.length === 0 ? '' : `${notes.length} in time order`}</span>
        <span className="grow" />
        {isOperator && <span className="detail text-3">write one anywhere with</span>}
        {isOperator && <kbd>N</kbd>}
      </header>
      <div className="panel-body">
        {error ? (
          <ErrorState title="Notes could not be read." error={error} />
        ) : !data ? (
          <LoadingState what="Reading notes." />
        ) : notes.length === 0 ? (
          <EmptyState title="Nothing is written down yet.">
            Notes, decisions and actions stand here in the order they happened. Each is anchored to the moment and the
            entity it speaks about, and all of them become part of the post-mortem. Press <kbd>N</kbd> in any view.
          </EmptyState>
        ) : (
          <ol className="notes-list">
            {notes.map((note) => (
              <NoteItem key={note.id} note={note} isEditable={isOperator} />
            ))}
          </ol>
        )}
      </div>
    </section>
  );
}

function timeOf(note: Note): bigint {
  return note.anchorTime ?? note.createdTime;
}

function NoteItem({ note, isEditable }: { readonly note: Note; readonly isEditable: boolean }) {
  const zone = usePreferences((preferences) => preferences.zone);
  const naming = useNaming();
  const procedures = useProcedures();
  const [draft, setDraft] = useState<string | null>(null);
  const [message, setMessage] = useState('');
  const time = timeOf(note);

  async function attempt(work: Promise<unknown>, done: string): Promise<void> {
    try {
      await work;
      setMessage(done);
      setDraft(null);
    } catch (error) {
      setMessage(error instanceof Error ? error.message : String(error));
    }
  }
  const copied = `${dayText(time, 'utc')} ${clockText(time, 'utc')} UTC ${kindWord(note.kind)}${note.author ? ` by ${naming.person(note.author, 'responder')}` : ''}: ${naming.text(note.text)}`;
  return (
    <li className="notes-item" data-kind={note.kind}>
      <div className="row">
        <time className="mono" title={`${dayText(time, zone)} ${clockText(time, zone, 'millisecond')}`}>
          {clockText(time, zone)}
        </time>
        {note.kind !== 'note' && (
          <Chip look={note.kind === 'decision' ? 'accent' : 'outlined'}>{kindWord(note.kind)}</Chip>
        )}
        {note.author !== '' && (
          <span className="text-3 detail cut">
            <bdi>{naming.person(note.author, 'responder')}</bdi>
          </span>
        )}
        <span className="grow" />
        <IconButton icon="copy" label="Copy as text" onClick={() => void attempt(copyText(copied), 'Copied.')} />
        <IconButton
          icon="link"
          label="Copy link"
          onClick={() => void attempt(copyText(linkTo(note, naming)), 'Link copied.')}
        />
        {isEditable && <IconButton icon="notes" label="Edit" onClick={() => setDraft(note.text)} />}
        {isEditable && (
          <IconButton
            icon="close"
            label="Remove"
            onClick={() => void attempt(procedures['note.remove']({ id: note.id }), 'Removed.')}
          />
        )}
      </div>
      {draft === null ? (
        <p className="notes-body" dir="auto">
          <SafeText>{note.text}</SafeText>
        </p>
      ) : (
        <>
          <textarea
            className="field notes-text"
            aria-label="Text of the note"
            value={draft}
            dir="auto"
            onChange={(event) => setDraft(event.target.value)}
          />
          <div className="row">
            <Button
              isSmall
              look="primary"
              isDisabled={draft.trim() === ''}
              onClick={() => void attempt(procedures['note.change']({ id: note.id, text: draft.trim() }), 'Saved.')}
            >
              Save
            </Button>
            <Button isSmall onClick={() => setDraft(null)}>
              Discard
            </Button>
          </div>
        </>
      )}
      <div className="row detail notes-anchors">
        {note.entity && (
          <LinkButton
            onClick={() =>
              look({
                view: 'services',
                selection: { kind: 'entity', entity: note.entity as NonNullable<Note['entity']> },
              })
            }
          >
            <EntityName entity={note.entity} />
          </LinkButton>
        )}
        <LinkButton onClick={() => look({ ...placeOf(note), view: 'case' })}>Show this moment</LinkButton>
        {message !== '' && <span role="status">{message}</span>}
      </div>
    </li>
  );
}

function placeOf(note: Note): Partial<ViewState> {
  const time = timeOf(note);
  return {
    range: { from: time - AROUND_NS, to: time + AROUND_NS },
    ...(note.entity ? { selection: { kind: 'entity', entity: note.entity } } : {}),
  };
}

function linkTo(note: Note, naming: Naming): string {
  const state = viewStateOf(useViewStore.getState());
  return new URL(tellAddress({ ...state, ...placeOf(note), view: 'case' }, naming), window.location.href).href;
}
