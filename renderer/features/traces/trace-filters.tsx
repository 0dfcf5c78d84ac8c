/** What traces are listed: entity, operation, errors, least duration, order. Each part stands in the address. */
import { useEffect, useState } from 'react';
import type { EntityRef } from '../../../shared/model/entity.ts';
import { ENTITY_TYPES } from '../../../shared/model/entity.ts';
import { useQuery } from '../../client/use-query.ts';
import type { EffectiveRange } from '../../stores/effective-range.ts';
import { useMaskedBox } from '../../stores/masked-box.ts';
import { setFilter, useViewStore } from '../../stores/view-state.ts';
import { Button, Segmented } from '../../ui/controls.tsx';
import { parseDurationNs } from './duration-input.ts';
import type { TraceListRequest } from './use-trace-pages.ts';

const SORTS = ['duration', 'time', 'errors'] as const;

export function useTraceRequest(range: EffectiveRange): TraceListRequest {
  const filters = useViewStore((store) => store.filters);
  const entities = useQuery('entity.list', {}).data?.entities;
  const entity = entityOfText(filters['tracesEntity'] ?? '', entities);
  const operation = filters['tracesOperation'] ?? '';
  const minDurationNs = parseDurationNs(filters['tracesMin'] ?? '');
  return {
    ...range,
    ...(entity && { entity }),
    ...(operation !== '' && { operation }),
    ...(minDurationNs !== null && { minDurationNs }),
    onlyErrors: filters['tracesErrors'] === 'only',
    sort: SORTS.find((sort) => sort === filters['tracesSort']) ?? 'duration',
  };
}

/** `service:cart`, or a bare name of which the first entity is taken, services before others. */
function entityOfText(text: string, entities: readonly EntityRef[] | undefined): EntityRef | undefined {
  if (text === '') return undefined;
  const type = ENTITY_TYPES.find((known) => text.startsWith(`${known}:`));
  if (type) return { type, name: text.slice(type.length + 1) || text };
  const named = entities?.filter(({ name }) => name === text) ?? [];
  const found = named.find((entity) => entity.type === 'service') ?? named[0];
  return found ? { type: found.type, name: found.name } : { type: 'service', name: text };
}

export function TraceFilters() {
  const filters = useViewStore((store) => store.filters);
  const isErrorsOnly = filters['tracesErrors'] === 'only';
  return (
    <div className="traces-filters">
      <FilterBox name="tracesEntity" label="Entity" placeholder="service" />
      <FilterBox name="tracesOperation" label="Operation" placeholder="operation" />
      <FilterBox
        name="tracesMin"
        label="At least this long, such as 250ms or 2s"
        placeholder="≥ 250ms"
        isWrong={(text) => text !== '' && parseDurationNs(text) === null}
      />
      <Button isSmall isPressed={isErrorsOnly} onClick={() => setFilter('tracesErrors', isErrorsOnly ? '' : 'only')}>
        Errors only
      </Button>
      <Segmented
        label="Order"
        value={SORTS.find((sort) => sort === filters['tracesSort']) ?? 'duration'}
        options={[
          { value: 'duration', label: 'Longest' },
          { value: 'time', label: 'Newest' },
          { value: 'errors', label: 'Errors' },
        ]}
        onChange={(sort) => setFilter('tracesSort', sort === 'duration' ? '' : sort)}
      />
    </div>
  );
}

const TYPING_REST_MS = 300;

function FilterBox(properties: {
  readonly name: string;
  readonly label: string;
  readonly placeholder: string;
  readonly isWrong?: (text: string) => boolean;
}) {
  const { name, isWrong } = properties;
  const text = useViewStore((store) => store.filters[name] ?? '');
  const [draft, setDraft] = useState(text);
  const shown = useMaskedBox(name, draft, setDraft);
  useEffect(() => setDraft(text), [text]);
  useEffect(() => {
    if (draft === text) return;
    const timer = setTimeout(() => setFilter(name, draft), TYPING_REST_MS);
    return () => clearTimeout(timer);
  }, [draft, text, name]);
  return (
    <input
      className="field traces-box"
      type="search"
      aria-label={properties.label}
      title={properties.label}
      aria-invalid={isWrong?.(draft) ?? false}
      placeholder={properties.placeholder}
      dir="auto"
      spellCheck={false}
      autoComplete="off"
      {...shown}
    />
  );
}
