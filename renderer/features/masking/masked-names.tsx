/**
 * Gives the page its names: plain ones, or pseudonyms while masking is on. The table of pseudonyms is kept with the case,
 * so a bird means the same service tomorrow and on every screen of the room.
 */
import { useEffect, useMemo } from 'react';
import { createMasking } from '../../../shared/report/mask-names.ts';
import type { Masking, PseudonymTable } from '../../../shared/report/mask-names.ts';
import { useIsOperator, useProcedures } from '../../client/engine-context.tsx';
import { useQuery } from '../../client/use-query.ts';
import { PLAIN_NAMING, useNamingStore } from '../../stores/naming.ts';
import { usePresentation } from '../../stores/presentation.ts';

const SETTING_KEY = 'maskedNames';

/** Mounted once in the shell; draws nothing. */
export function MaskedNames() {
  const isMasked = usePresentation((store) => store.isMasked);
  const isOperator = useIsOperator();
  const procedures = useProcedures();
  const entities = useQuery('entity.list', isMasked ? {} : null).data?.entities;
  const stored = useQuery('setting.get', isMasked ? { key: SETTING_KEY } : null).data?.json;
  const masking = useMemo(
    () => (isMasked && entities && stored !== undefined ? createMasking(entities, readTable(stored)) : null),
    [isMasked, entities, stored],
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
