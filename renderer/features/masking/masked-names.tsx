/**
 * Gives the page its names: plain ones, or pseudonyms while masking is on. The table of pseudonyms is kept with the case,
 * so a bird means the same service tomorrow and on every screen of the room.
 */
import { useEffect, useMemo } from 'react';
import { createMasking } from '../../../shared/report/mask-names.ts';
import type { Masking, PseudonymTable } from '../../../shared/report/mask-names.ts';
import { useIsOperator, useProcedures } from '../../client/engine-context.tsx';
import { useQuery } from '../../client/use-query.ts';
import { usePreferences } from '../../stores/preferences.ts';
import { PLAIN_NAMING, useNamingStore } from '../../stores/naming.ts';
import { usePresentation } from '../../stores/presentation.ts';

/** As many as one answer holds. */
const MOST_CHANGES = 10_000;
const SETTING_KEY = 'maskedNames';

/** Mounted once in the shell; draws nothing. */
export function MaskedNames() {
  const isMasked = usePresentation((store) => store.isMasked);
  const isOperator = useIsOperator();
  const procedures = useProcedures();
  const entities = useQuery('entity.list', isMasked ? {} : null).data?.entities;
  const stored = useQuery('setting.get', isMasked ? { key: SETTING_KEY } : null).data?.json;
  const people = usePeople(isMasked);
  const masking = useMemo(
    () =>
      isMasked && entities && people && stored !== undefined
        ? createMasking(entities, readTable(stored), people)
        : null,
    [isMasked, entities, people, stored],
  );
  useEffect(() => {
    useNamingStore.setState({ naming: isMasked ? maskedNaming(masking) : PLAIN_NAMING });
  }, [isMasked, masking]);
  useEffect(() => {
    if (!masking || !isOperator) return;
    const json = JSON.stringify(masking.table);
    if (json === stored || Object.keys(masking.table).length === 0) return;
    // Without it the pseudonyms still hold for as long as no name is added.
    procedures['setting.set']({ key: SETTING_KEY, json }).catch(() => undefined);
  }, [masking, stored, isOperator, procedures]);
  return null;
}

/** Persons the case names: who wrote changes, notes and verdicts, and who sits here. null until they are known. */
function usePeople(isMasked: boolean): readonly string[] | null {
  const changes = useQuery('change.list', isMasked ? { limit: MOST_CHANGES } : null);
  const notes = useQuery('note.list', isMasked ? {} : null);
  const own = usePreferences((preferences) => preferences.author);
  const isKnown = (changes.data ?? changes.error) && (notes.data ?? notes.error);
  return useMemo(() => {
    if (!isKnown) return null;
    const authors = (changes.data?.changes ?? []).map(({ author }) => author ?? '');
    return [...authors, ...(notes.data?.notes ?? []).map(({ author }) => author), own];
  }, [isKnown, changes.data, notes.data, own]);
}

/** Until the table is there nothing is shown in clear: better a blank than a name. */
function maskedNaming(masking: Masking | null) {
  return {
    isMasked: true,
    entity: masking ? masking.entity : () => '…',
    text: masking ? masking.text : () => '…',
    person: (_name: string, role: string) => role,
  };
}

function readTable(json: string | null): PseudonymTable {
  const table: Record<string, string> = {};
  let value: unknown;
  try {
    value = JSON.parse(json ?? '{}');
  } catch {
    return table;
  }
  if (typeof value !== 'object' || value === null) return table;
  for (const [key, pseudonym] of Object.entries(value)) if (typeof pseudonym === 'string') table[key] = pseudonym;
  return table;
}
