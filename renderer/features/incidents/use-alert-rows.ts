/** Details of the alerts in sight, asked for by the page of fifty, so that a storm costs what is looked at. */
import { useEffect, useState } from 'react';
import { rowRef } from '../../../shared/model/ids.ts';
import { useQuery } from '../../client/use-query.ts';
import type { VisibleRange } from '../../ui/virtual-list.tsx';

const PAGE = 50;

export interface AlertRow {
  readonly name: string;
  readonly summary: string;
  readonly severity: string;
  readonly state: string;
  readonly startTime: bigint;
  /** `service:cart, namespace:shop` */
  readonly entities: string;
}

/** Alerts by row id; what was seen once stays. */
export function useAlertRows(rowIds: readonly number[], { start, end }: VisibleRange): ReadonlyMap<number, AlertRow> {
  const [known, setKnown] = useState<ReadonlyMap<number, AlertRow>>(new Map());
  const from = Math.floor(start / PAGE) * PAGE;
  const wanted = rowIds.slice(from, Math.ceil(end / PAGE) * PAGE).filter((rowId) => !known.has(rowId));
  const { data } = useQuery(
    'row.get',
    wanted.length === 0 ? null : { refs: wanted.map((rowId) => rowRef('alert', rowId)) },
  );
  useEffect(() => {
    if (!data) return;
    setKnown((before) => {
      const next = new Map(before);
      for (const { ref, fields } of data.rows) next.set(Number(ref.slice(ref.indexOf(':') + 1)), alertOf(fields));
      return next;
    });
  }, [data]);
  return known;
}

function alertOf(fields: readonly { readonly name: string; readonly value: unknown }[]): AlertRow {
  const byName = new Map(fields.map(({ name, value }) => [name, value]));
  const text = (name: string): string => {
    const value = byName.get(name);
    return typeof value === 'string' ? value : '';
  };
  const time = byName.get('start_time_unix_nano');
  return {
    name: text('name'),
    summary: text('summary'),
    severity: text('severity'),
    state: text('state'),
    startTime: typeof time === 'bigint' ? time : BigInt(typeof time === 'number' ? Math.trunc(time) : 0),
    entities: text('entities'),
  };
}
