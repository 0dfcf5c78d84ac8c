/**
 * With what a file can be read, chosen in place: each reader says how sure it is about these bytes. Where the bytes are
 * gone the list asks for the file first, since nothing may be taken out of the case that cannot be read again.
 */
import { useEffect, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { QueryOutput } from '../../client/query-cache.ts';
import { useQuery } from '../../client/use-query.ts';
import { announce } from '../../stores/announce.ts';
import { enqueueReading } from '../../stores/import-queue.ts';
import { useNaming } from '../../stores/naming.ts';
import { showProblem } from '../../stores/problem.ts';
import { withoutStaging } from '../../stores/shown-path.ts';
import { Button, Chip } from '../../ui/controls.tsx';
import { Icon } from '../../ui/icon.tsx';
import { formatWord, placeOf, readersInOrder } from './source-files.ts';
import type { SourceRow } from './source-files.ts';

type FileReaders = QueryOutput<'import.readers'>;
/** Where the person's file lies for the engine; null = none picked. */
export type PickOneFile = () => Promise<string | null>;

export function ReadAsList(properties: {
  readonly row: SourceRow;
  readonly pickOneFile: PickOneFile;
  readonly onClose: () => void;
}) {
  const { row, onClose } = properties;
  const { file } = row;
  const naming = useNaming();
  const name = naming.text(row.name);
  const [from, setFrom] = useState<string | null>(null);
  const place = from ?? placeOf(file);
  const { data, error } = useQuery('import.readers', { file: file.path, from: place });
  const list = useRef<HTMLUListElement>(null);
  const isReady = data?.state === 'ready';
  useEffect(() => {
    if (isReady) list.current?.querySelector<HTMLElement>('button:not(:disabled)')?.focus();
  }, [isReady]);
  function choose(format: string | null, title: string): void {
    enqueueReading(file.path, place, format);
    announce(`${name} is read again: ${title}.`);
    onClose();
  }
  return (
    <div
      className="read-as"
      role="group"
      aria-label={`Read ${name} another way`}
      onKeyDown={(event) => onListKey(event, list.current, onClose)}
    >
      <p className="row">
        <span className="strong">Read as</span>
        <span className="text-3 table-text grow">
          The rows of this file are replaced, those of others stay, and the analysis follows. The choice is kept with
          the case.
        </span>
        {data && isReady && data.isChosen && (
          <Button isSmall icon="undo" onClick={() => choose(null, 'as recognised')}>
            {data.recognised === null ? 'As before: not read' : `As recognised: ${formatWord(data.recognised)}`}
          </Button>
        )}
        <Button isSmall onClick={onClose}>
          Leave as it is
        </Button>
      </p>
      {error && <p className="fail">The readers could not be asked. {naming.text(error.message)}</p>}
      {!data && !error && <p className="text-3">Looking at the first bytes.</p>}
      {data && !isReady && (
        <MissingBytes
          problem={naming.text(withoutStaging(data.problem))}
          isInside={place !== file.path && row.isInside}
          onPick={() => {
            properties.pickOneFile().then(
              (picked) => picked !== null && setFrom(picked),
              (reason: unknown) => showProblem('The file could not be picked.', reason),
            );
          }}
        />
      )}
      {data && isReady && <Readers ref={list} data={data} onChoose={choose} />}
    </div>
  );
}

function Readers(properties: {
  readonly ref: React.Ref<HTMLUListElement>;
  readonly data: FileReaders;
  readonly onChoose: (format: string, title: string) => void;
}) {
  const { data, onChoose } = properties;
  const [isWhole, setWhole] = useState(false);
  const { near, far } = readersInOrder(data);
  return (
    <>
      <ul ref={properties.ref}>
        {(isWhole ? [...near, ...far] : near).map((reader) => (
          <ReaderRow
            key={reader.id}
            reader={reader}
            isCurrent={reader.id === data.current}
            onChoose={() => onChoose(reader.id, reader.title)}
          />
        ))}
      </ul>
      {far.length > 0 && !isWhole && (
        <Button isSmall look="quiet" onClick={() => setWhole(true)}>
          {`${far.length} more, which do not know these bytes`}
        </Button>
      )}
    </>
  );
}

function ReaderRow(properties: {
  readonly reader: FileReaders['readers'][number];
  readonly isCurrent: boolean;
  readonly onChoose: () => void;
}) {
  const { reader, isCurrent } = properties;
  const naming = useNaming();
  const reason = naming.text(reader.reason);
  return (
    <li>
      <button
        type="button"
        className="read-as-reader"
        disabled={isCurrent}
        title={reason}
        onClick={properties.onChoose}
      >
        <span className="number mono">
          <span className="visually-hidden">sure </span>
          {reader.confidence === null ? '–' : reader.confidence.toFixed(2)}
        </span>
        <span className="strong cut">{reader.title}</span>
        <span className="text-3 cut">
          <bdi>{reason}</bdi>
        </span>
        {isCurrent ? <Chip look="outlined">now</Chip> : <span />}
      </button>
    </li>
  );
}

function MissingBytes(properties: {
  readonly problem: string;
  readonly isInside: boolean;
  readonly onPick: () => void;
}) {
  return (
    <p className="row read-as-missing" role="status">
      <Icon name="warning" size={14} className="warn" />
      <span className="grow">
        <bdi>{properties.problem}</bdi> Its rows stay as they are until the bytes are found: pick the{' '}
        {properties.isInside ? 'archive that holds it' : 'file'} where it lies now.
      </span>
      <Button isSmall icon="file" onClick={properties.onPick}>
        {properties.isInside ? 'Pick the archive' : 'Pick the file'}
      </Button>
    </p>
  );
}

/** Arrows walk the readers; Escape leaves the list, not the file. */
function onListKey(event: KeyboardEvent, list: HTMLUListElement | null, onClose: () => void): void {
  if (event.key === 'Escape') {
    event.preventDefault();
    event.stopPropagation();
    onClose();
    return;
  }
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0 || !list) return;
  const buttons = [...list.querySelectorAll<HTMLElement>('button:not(:disabled)')];
  const at = buttons.findIndex((button) => button === document.activeElement);
  event.preventDefault();
  buttons[Math.min(buttons.length - 1, Math.max(0, at + step))]?.focus();
}
