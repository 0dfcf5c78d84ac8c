/** The text box and its chips: two writings of one filter, each changing the other. */
import { useEffect, useRef, useState } from 'react';
import { useActions } from '../../stores/actions.ts';
import { useMaskedBox } from '../../stores/masked-box.ts';
import { useNaming } from '../../stores/naming.ts';
import { setFilter } from '../../stores/view-state.ts';
import { Chip } from '../../ui/controls.tsx';
import { formatPart } from './log-query.ts';
import type { LogQueryPart } from './log-query.ts';
import { removeLogPart } from './use-log-query.ts';
import type { LogQuery } from './use-log-query.ts';

const TYPING_REST_MS = 250;

export function LogSearchBar({
  query,
  templateName,
}: {
  readonly query: LogQuery;
  readonly templateName: (id: string) => string;
}) {
  const [draft, setDraft] = useState(query.text);
  const box = useRef<HTMLInputElement>(null);
  const shown = useMaskedBox('logs', draft, setDraft);
  const written = useRef(query.text);
  useEffect(() => {
    if (query.text === written.current) return;
    written.current = query.text;
    setDraft(query.text);
  }, [query.text]);
  useEffect(() => {
    if (draft === written.current) return;
    const timer = setTimeout(() => apply(draft), TYPING_REST_MS);
    return () => clearTimeout(timer);
  }, [draft]);
  function apply(text: string): void {
    written.current = text;
    setFilter('logs', text);
  }
  useActions([
    { id: 'logs.search', title: 'Search the logs', group: 'Logs', keys: ['/'], run: () => box.current?.focus() },
  ]);
  return (
    <>
      <input
        ref={box}
        className="field logs-box mono"
        type="search"
        aria-label="Filter of the log rows"
        placeholder={'error service:cart -template:… level>=warn "a phrase"'}
        spellCheck={false}
        autoComplete="off"
        dir="auto"
        {...shown}
        onKeyDown={(event) => {
          if (event.key === 'Enter') apply(draft);
          if (event.key === 'Escape') box.current?.blur();
        }}
      />
      {query.parts.map((part, index) => (
        <PartChip key={`${index} ${formatPart(part)}`} part={part} templateName={templateName} />
      ))}
    </>
  );
}

function PartChip({
  part,
  templateName,
}: {
  readonly part: LogQueryPart;
  readonly templateName: (id: string) => string;
}) {
  const naming = useNaming();
  const [label, value] = wordsOf(part, templateName);
  const shown = naming.text(value);
  return (
    <Chip
      look="outlined"
      title={shown.slice(0, 500)}
      onRemove={() => removeLogPart(part)}
      removeLabel={`Remove ${label} ${shown.slice(0, 60)}`}
    >
      {label} <b dir="auto">{shown.slice(0, 80)}</b>
    </Chip>
  );
}

function wordsOf(part: LogQueryPart, templateName: (id: string) => string): readonly [label: string, value: string] {
  if (part.kind === 'level') return [`level ${part.operator}`, part.level];
  const minus = part.isExcluded ? '− ' : '';
  if (part.kind !== 'field') return [`${minus}${part.kind === 'word' ? 'word' : 'phrase'}`, part.text];
  return [minus + part.key, part.key === 'template' ? templateName(part.value) : part.value];
}
