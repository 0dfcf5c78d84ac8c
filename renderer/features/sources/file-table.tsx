/** Every file of the case: what it was taken for and why, what was kept of it, and in place what was not. */
import { useEffect, useMemo, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { useIncidentRange, useWholeRange } from '../../stores/effective-range.ts';
import type { EffectiveRange } from '../../stores/effective-range.ts';
import { useActions } from '../../stores/actions.ts';
import { useNaming } from '../../stores/naming.ts';
import { usePreferences } from '../../stores/preferences.ts';
import type { Zone } from '../../stores/preferences.ts';
import { withoutStaging } from '../../stores/shown-path.ts';
import { bytesText, clockText, dayText, isSameDay, percentText } from '../../stores/time-format.ts';
import { Segmented } from '../../ui/controls.tsx';
import { Icon } from '../../ui/icon.tsx';
import type { IconName } from '../../ui/icon.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { QuarantinePanel } from './quarantine-panel.tsx';
import type { PickOneFile } from './read-as-list.tsx';
import { canBeReadAs, formatWord, isArchive, needsLook } from './source-files.ts';
import type { FileState, SourceRow } from './source-files.ts';

type Shown = 'all' | 'look' | 'reading';
/** More rows than this are shown on demand; a bundle of ten thousand files stays quick. */
const PAGE_ROWS = 500;
/** The end of a long name that is always shown. */
const KEPT_LETTERS = 14;

export function FileTable(properties: {
  readonly rows: readonly SourceRow[];
  /** How far the running import is, 0-1; null = none runs. */
  readonly importShare: number | null;
  /** null = this person may not choose readers. */
  readonly pickOneFile: PickOneFile | null;
}) {
  const { rows, importShare, pickOneFile } = properties;
  const [shown, setShown] = useState<Shown>('all');
  const [limit, setLimit] = useState(PAGE_ROWS);
  const [openPath, setOpenPath] = useState<string | null>(null);
  const [choosingPath, setChoosingPath] = useState<string | null>(null);
  const [active, setActive] = useState(0);
  const body = useRef<HTMLTableSectionElement>(null);
  const looks = useMemo(() => rows.filter(needsLook), [rows]);
  const inReading = useMemo(() => rows.filter(({ state }) => state === 'reading'), [rows]);
  const fitting = shown === 'look' ? looks : shown === 'reading' && importShare !== null ? inReading : rows;
  const listed = fitting.slice(0, limit);
  const files = rows.filter(({ file }) => !isArchive(file)).length;

  function go(step: number): void {
    const next = Math.min(listed.length - 1, Math.max(0, active + step));
    setActive(next);
    body.current?.querySelectorAll<HTMLElement>('[data-file]')[next]?.focus();
  }
  function toggle(row: SourceRow | undefined): void {
    if (row) setOpenPath(openPath === row.file.path ? null : row.file.path);
  }
  const nextToLookAt = (): void => {
    const isNext = (row: SourceRow): boolean => needsLook(row) && row.file.path !== openPath;
    const index = listed.findIndex((row, place) => place > active && isNext(row));
    const found = index < 0 ? listed.findIndex(isNext) : index;
    if (found < 0) return;
    setActive(found);
    setOpenPath(listed[found]?.file.path ?? null);
  };
  const shownRow = listed.find(({ file }) => file.path === openPath) ?? listed[active];
  const isChoice = pickOneFile !== null && shownRow !== undefined && canBeReadAs(shownRow);
  useActions([
    {
      id: 'sources.readAs',
      title: 'Read this file another way',
      group: 'Sources',
      keys: ['Shift+R'],
      isDisabled: !isChoice,
      run: () => {
        if (!shownRow) return;
        setOpenPath(shownRow.file.path);
        setChoosingPath(shownRow.file.path);
      },
    },
    { id: 'sources.next', title: 'Next file', group: 'Sources', keys: ['j'], run: () => go(1) },
    { id: 'sources.previous', title: 'Previous file', group: 'Sources', keys: ['k'], run: () => go(-1) },
    {
      id: 'sources.quarantine',
      title: 'Open the next that needs a look',
      group: 'Sources',
      keys: ['q'],
      run: nextToLookAt,
    },
    {
      id: 'sources.look',
      title: 'Needs a look',
      group: 'Sources',
      keys: ['u'],
      run: () => setShown(shown === 'all' ? 'look' : 'all'),
    },
  ]);
  return (
    <section className="panel source-files" aria-label="Files">
      <header className="panel-header">
        <h2>Files</h2>
        <span className="text-3 table-text grow cut">
          {files} {files === 1 ? 'file' : 'files'} · every row counted: kept + rejected + same
        </span>
        <Segmented
          label="Which files"
          value={importShare === null && shown === 'reading' ? 'all' : shown}
          options={[
            { value: 'all', label: `All ${rows.length}` },
            { value: 'look', label: `Needs a look ${looks.length}` },
            ...(importShare === null ? [] : [{ value: 'reading' as const, label: `Reading ${inReading.length}` }]),
          ]}
          onChange={setShown}
        />
      </header>
      <div className="panel-body" tabIndex={0} role="region" aria-label="List of files">
        {listed.length === 0 ? (
          <EmptyState
            icon="sources"
            title={
              rows.length > 0
                ? 'Every file was read as it should be'
                : importShare === null
                  ? 'No file has been read yet'
                  : 'The first file is being read'
            }
          >
            {rows.length === 0 && importShare !== null
              ? 'Each file stands here once its first rows are kept. Views can be opened meanwhile.'
              : rows.length === 0
                ? 'Drop files, folders or archives anywhere on the page, or press I to pick them.'
                : 'No row was rejected, and no file carries a warning.'}
          </EmptyState>
        ) : (
          <table className="data-table source-table">
            <TableHead />
            <tbody ref={body}>
              {listed.map((row, index) => (
                <FileRows
                  key={row.file.path}
                  row={row}
                  isActive={index === active}
                  isOpen={row.file.path === openPath}
                  importShare={importShare}
                  pickOneFile={pickOneFile}
                  isChoosing={row.file.path === choosingPath}
                  onChoosing={(isChoosing) => setChoosingPath(isChoosing ? row.file.path : null)}
                  onToggle={() => {
                    setActive(index);
                    toggle(row);
                  }}
                />
              ))}
            </tbody>
          </table>
        )}
        {limit < fitting.length && (
          <button type="button" className="button source-more" onClick={() => setLimit(limit + PAGE_ROWS)}>
            Show {PAGE_ROWS} more
          </button>
        )}
      </div>
    </section>
  );
}

function TableHead() {
  const zone = usePreferences((preferences) => preferences.zone);
  const whole = useWholeRange();
  return (
    <thead>
      <tr>
        <th scope="col">File</th>
        <th scope="col">Recognised as</th>
        <th scope="col" className="number">
          sure
        </th>
        <th scope="col">State</th>
        <th scope="col" className="number">
          kept
        </th>
        <th scope="col" className="number">
          rejected
        </th>
        <th scope="col" className="number">
          same
        </th>
        <th scope="col">Covers {whole && spanText(whole, zone)}</th>
      </tr>
    </thead>
  );
}

/** Clock times of one day; dates of several. */
function spanText({ from, to }: EffectiveRange, zone: Zone): string {
  if (!isSameDay(from, to, zone)) return `${dateText(from, zone)} – ${dateText(to, zone)}`;
  return `${clockText(from, zone, 'minute')} – ${clockText(to, zone, 'minute')}`;
}

/** `18 Nov`, with the year only where it must be said: the column is narrow. */
function dateText(time: bigint, zone: Zone): string {
  return dayText(time, zone).replace(/^\w+ | \d{2}(?=\d{2}$)/g, (part) => (/\d/.test(part) ? ' ’' : ''));
}

function FileRows(properties: {
  readonly row: SourceRow;
  readonly isActive: boolean;
  readonly isOpen: boolean;
  readonly importShare: number | null;
  readonly pickOneFile: PickOneFile | null;
  readonly isChoosing: boolean;
  readonly onChoosing: (isChoosing: boolean) => void;
  readonly onToggle: () => void;
}) {
  const { row, isOpen, onToggle } = properties;
  const { file } = row;
  const naming = useNaming();
  const element = useRef<HTMLTableRowElement>(null);
  useEffect(() => {
    if (isOpen) element.current?.scrollIntoView({ block: 'nearest' });
  }, [isOpen]);
  const name = naming.text(row.name);
  return (
    <>
      <tr ref={element} className={isArchive(file) ? 'is-archive' : undefined} aria-selected={properties.isActive}>
        <td>
          <button
            type="button"
            data-file
            className={`source-name ${row.isInside ? 'inside' : ''}`}
            aria-expanded={isOpen}
            title={naming.text(withoutStaging(file.path))}
            onClick={onToggle}
            onKeyDown={(event: KeyboardEvent) => {
              if (event.key !== 'Escape' || !isOpen) return;
              event.preventDefault();
              onToggle();
            }}
          >
            <Icon name={isArchive(file) ? 'archive' : 'file'} size={14} />
            <FileName name={name} />
          </button>
        </td>
        <td title={naming.text(file.reason)}>
          <span className="strong">
            {row.state === 'reading' && file.format === 'unrecognised' ? '' : formatWord(file.format)}
          </span>{' '}
          <span className="detail text-3">
            {isArchive(file)
              ? `${file.records.files ?? 0} inside${row.state === 'reading' ? ' so far' : ''}`
              : row.state === 'reading'
                ? ''
                : `${file.isReaderChosen ? 'chosen · ' : ''}${bytesText(file.bytes)}`}
          </span>
        </td>
        <td className="number text-2">
          {file.format === 'unrecognised' || row.state === 'reading' || file.isReaderChosen
            ? '–'
            : file.confidence.toFixed(2)}
        </td>
        <td>
          <StateMark row={row} importShare={properties.importShare} />
        </td>
        <td className="number">{row.kept.toLocaleString('en')}</td>
        <td className={`number ${row.rejected > 0 ? 'fail' : 'text-3'}`}>{row.rejected.toLocaleString('en')}</td>
        <td className="number text-3">{row.duplicates.toLocaleString('en')}</td>
        <td>
          <Coverage row={row} />
        </td>
      </tr>
      {isOpen && (
        <tr className="source-detail">
          <td colSpan={8}>
            <QuarantinePanel
              row={row}
              onClose={onToggle}
              pickOneFile={properties.pickOneFile}
              isChoosing={properties.isChoosing}
              onChoosing={properties.onChoosing}
            />
          </td>
        </tr>
      )}
    </>
  );
}

/** Cut in the middle: files of one folder differ at the end. */
function FileName({ name }: { readonly name: string }) {
  const isLong = name.length > 2 * KEPT_LETTERS;
  return (
    <bdi className="mono source-path">
      <span className="cut">{isLong ? name.slice(0, -KEPT_LETTERS) : name}</span>
      {isLong && <span>{name.slice(-KEPT_LETTERS)}</span>}
    </bdi>
  );
}

const STATES: Readonly<Record<FileState, { readonly icon: IconName; readonly word: string; readonly look: string }>> = {
  reading: { icon: 'clock', word: 'reading', look: 'text-2' },
  done: { icon: 'check', word: 'done', look: 'mark-ok' },
  rejected: { icon: 'warning', word: 'rows rejected', look: 'warn' },
  cut: { icon: 'warning', word: 'cut short', look: 'warn' },
  warning: { icon: 'warning', word: 'read with a warning', look: 'warn' },
  unknown: { icon: 'unknown', word: 'not read', look: 'text-3' },
  same: { icon: 'check', word: 'seen before', look: 'mark-ok' },
  empty: { icon: 'minus', word: 'empty', look: 'text-3' },
};

/** An archive is the whole import, so the import's share is its own; of one file among many nobody knows it. */
function StateMark({ row, importShare }: { readonly row: SourceRow; readonly importShare: number | null }) {
  const { icon, word, look } = STATES[row.state];
  if (row.state === 'reading' && importShare !== null && isArchive(row.file)) {
    return (
      <span className="row detail text-2">
        <span className="source-share" aria-hidden="true">
          <i style={{ transform: `scaleX(${importShare})` }} />
        </span>
        {percentText(Math.floor(importShare * 100) / 100)} read
      </span>
    );
  }
  return (
    <span className={`row detail ${look}`}>
      <Icon name={icon} size={13} />
      <span className={look === 'mark-ok' ? 'text-2' : undefined}>{word}</span>
    </span>
  );
}

/** Where the file's rows lie in the case, with the incident behind. */
function Coverage({ row }: { readonly row: SourceRow }) {
  const whole = useWholeRange();
  const incident = useIncidentRange();
  const zone = usePreferences((preferences) => preferences.zone);
  const { undated } = row.file;
  const timeRange = undated ? undated.datedRange : row.file.timeRange;
  if (undated && !timeRange) return <span className="detail text-3">rows without a time</span>;
  if (!whole || !timeRange) return <span className="detail text-3">{isArchive(row.file) ? '' : 'no times'}</span>;
  const text = `${clockText(timeRange.start, zone)} – ${clockText(timeRange.end, zone)}`;
  return (
    <span className="coverage" title={text} role="img" aria-label={`Covers ${text}`}>
      {incident && <i className="coverage-incident" style={shareOf(incident, whole)} />}
      <i className="coverage-line" />
      <i className="coverage-bar" style={shareOf({ from: timeRange.start, to: timeRange.end }, whole)} />
    </span>
  );
}

function shareOf(part: EffectiveRange, whole: EffectiveRange): { readonly left: string; readonly width: string } {
  const length = Number(whole.to - whole.from);
  const left = Math.min(1, Math.max(0, Number(part.from - whole.from) / length));
  const right = Math.min(1, Math.max(0, Number(part.to - whole.from) / length));
  return { left: `${left * 100}%`, width: `max(3px, ${(right - left) * 100}%)` };
}
