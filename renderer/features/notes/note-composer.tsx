/** Writing a note without leaving the view: `n` anywhere. It is anchored to the moment under the pointer and the selection. */
import { useEffect, useRef, useState } from 'react';
import { NOTE_KINDS } from '../../../shared/contract/note-schemas.ts';
import { entityKey } from '../../../shared/model/entity.ts';
import type { EntityRef } from '../../../shared/model/entity.ts';
import type { UnixNano } from '../../../shared/model/time.ts';
import { useIsOperator, useProcedures } from '../../client/engine-context.tsx';
import { useActions } from '../../stores/actions.ts';
import { hoverTime } from '../../stores/hover-time.ts';
import { setPreference, usePreferences } from '../../stores/preferences.ts';
import { clockText } from '../../stores/time-format.ts';
import { useViewStore } from '../../stores/view-state.ts';
import type { Selection } from '../../stores/view-state.ts';
import { Button, Chip, Segmented } from '../../ui/controls.tsx';
import { EntityName } from '../../ui/entity-mark.tsx';
import './notes.css';

type NoteKind = (typeof NOTE_KINDS)[number];

interface Anchor {
  readonly time: UnixNano | null;
  readonly entity: EntityRef | null;
  readonly ref: string | null;
}

/** Mounted once in the shell. */
export function NoteComposer() {
  const isOperator = useIsOperator();
  const [anchor, setAnchor] = useState<Anchor | null>(null);
  useActions([
    {
      id: 'note.add',
      title: 'Note here',
      group: 'Notes',
      keys: ['n'],
      isDisabled: !isOperator,
      run: () => setAnchor(anchorHere()),
    },
  ]);
  if (!anchor) return null;
  return <ComposerDialog anchor={anchor} onClose={() => setAnchor(null)} />;
}

/** Where the person is looking at this moment. */
function anchorHere(): Anchor {
  const { selection } = useViewStore.getState();
  const time = hoverTime.getState().timeUnixNano;
  return {
    time: time === null ? null : (time as UnixNano),
    entity: selection?.kind === 'entity' || selection?.kind === 'cause' ? selection.entity : null,
    ref: selection ? refOf(selection) : null,
  };
}

function refOf(selection: Selection): string | null {
  switch (selection.kind) {
    case 'entity':
      return null;
    case 'row':
      return selection.ref;
    case 'cause':
      return `cause:${selection.key}`.slice(0, 1_000);
    case 'trace':
      return `trace:${selection.traceId}`;
    case 'finding':
    case 'change':
    case 'alert':
      return `${selection.kind}:${selection.id}`.slice(0, 1_000);
  }
}

function ComposerDialog({ anchor, onClose }: { readonly anchor: Anchor; readonly onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const procedures = useProcedures();
  const { author, zone } = usePreferences();
  const [kept, setKept] = useState(anchor);
  const [kind, setKind] = useState<NoteKind>('note');
  const [text, setText] = useState('');
  const [failure, setFailure] = useState<string | null>(null);
  const words = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
    words.current?.focus();
  }, []);

  async function save(): Promise<void> {
    if (text.trim() === '') return;
    try {
      await procedures['note.add']({
        author,
        text: text.trim(),
        kind,
        anchorTime: kept.time,
        entity: kept.entity,
        anchorRef: kept.ref,
      });
      onClose();
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
    }
  }
  return (
    <dialog
      ref={dialog}
      className="notes-dialog"
      aria-label="Write a note"
      onClose={onClose}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void save();
      }}
    >
      <div className="row">
        <Segmented
          label="Kind"
          value={kind}
          options={NOTE_KINDS.map((value) => ({ value, label: kindWord(value) }))}
          onChange={setKind}
        />
        <input
          className="field"
          aria-label="Your name"
          placeholder="Your name"
          value={author}
          maxLength={200}
          onChange={(event) => setPreference({ author: event.target.value })}
        />
      </div>
      <textarea
        ref={words}
        className="field notes-text"
        aria-label="Text of the note"
        placeholder="What was seen, done or decided?"
        value={text}
        maxLength={100_000}
        dir="auto"
        onChange={(event) => setText(event.target.value)}
      />
      <div className="row notes-anchors">
        {kept.time !== null && (
          <Chip icon="clock" onRemove={() => setKept({ ...kept, time: null })} removeLabel="Not about this time">
            {clockText(kept.time, zone)}
          </Chip>
        )}
        {kept.entity && (
          <Chip
            icon="case"
            onRemove={() => setKept({ ...kept, entity: null })}
            removeLabel="Not about this entity"
            title={entityKey(kept.entity)}
          >
            <EntityName entity={kept.entity} />
          </Chip>
        )}
        {kept.ref !== null && (
          <Chip icon="link" onRemove={() => setKept({ ...kept, ref: null })} removeLabel="Not about this row">
            pinned to the selection
          </Chip>
        )}
        {kept.time === null && (
          <span className="detail text-3">Point at a moment before pressing N to anchor the note to it.</span>
        )}
      </div>
      {failure !== null && (
        <p role="alert" className="fail">
          The note could not be saved: {failure}
        </p>
      )}
      <div className="row">
        <Button look="primary" shortcut="Ctrl ↵" isDisabled={text.trim() === ''} onClick={() => void save()}>
          Save
        </Button>
        <Button onClick={onClose} shortcut="Esc">
          Discard
        </Button>
      </div>
    </dialog>
  );
}

export function kindWord(kind: NoteKind): string {
  return { note: 'Note', decision: 'Decision', action: 'Action' }[kind];
}
