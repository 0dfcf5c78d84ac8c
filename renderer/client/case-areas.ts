/** Which answers of the engine may differ after which change of the case, so that a note does not ask for the graph again. */
import type { CASE_AREAS } from '../../shared/contract/room-schemas.ts';
import type { QueryName } from './query-cache.ts';

export type CaseArea = (typeof CASE_AREAS)[number];

const NOTES: readonly CaseArea[] = ['notes'];
const JUDGEMENTS: readonly CaseArea[] = ['judgements'];
const SETTINGS: readonly CaseArea[] = ['settings'];
const JOBS: readonly CaseArea[] = ['jobs'];
const ANALYSIS: readonly CaseArea[] = ['analysis'];
const RECORDS: readonly CaseArea[] = ['records'];
const RECORDS_AND_ANALYSIS: readonly CaseArea[] = ['records', 'analysis'];

/** By the noun of the procedure, or by its whole name where that differs. Anything not named depends on everything. */
const AREAS: Readonly<Record<string, readonly CaseArea[]>> = {
  note: NOTES,
  hypothesis: JUDGEMENTS,
  setting: SETTINGS,
  job: JOBS,
  analysis: ANALYSIS,
  incident: ['analysis', 'judgements'],
  finding: ANALYSIS,
  grouping: ANALYSIS,
  'graph.get': ANALYSIS,
  'graph.window': RECORDS_AND_ANALYSIS,
  'service.red': RECORDS_AND_ANALYSIS,
  'case.recent': [],
  'case.demos': [],
  'case.summary': RECORDS_AND_ANALYSIS,
  'engine.status': [],
  import: ['records', 'jobs'],
  // Looks at bytes on the disk: not at every row that comes.
  'import.readers': JOBS,
  entity: RECORDS_AND_ANALYSIS,
  alert: RECORDS,
  change: RECORDS,
  event: RECORDS,
  log: RECORDS,
  metric: RECORDS,
  timeline: RECORDS,
  trace: RECORDS,
  span: RECORDS,
  quarantine: RECORDS,
  // Whatever can bring a name.
  pseudonym: ['records', 'analysis', 'notes', 'judgements'],
};

/** Whether an answer may differ after a change in these areas. Another case (`case`) changes everything. */
export function dependsOn(name: QueryName, areas: readonly CaseArea[]): boolean {
  if (areas.includes('case')) return true;
  const known = AREAS[name] ?? AREAS[name.slice(0, name.indexOf('.'))];
  return known === undefined || known.some((area) => areas.includes(area));
}
