/**
 * What people decide about which signals are one incident. A decision is kept in the case and the case analysed anew with
 * it; while another job runs nothing is decided, because nobody would see what came of it.
 */
import type { Contract } from '../../contract/contract.ts';
import { ContractError } from '../../contract/contract-error.ts';
import type { NamespaceHandlers } from '../../contract/derived-types.ts';
import type { AnalysisResult, Incident } from '../../model/analysis-result.ts';
import { findingKey, type KeptGrouping, type SignalKey } from '../../model/grouping.ts';
import type { JobId } from '../../model/ids.ts';
import { unixNano } from '../../model/time.ts';
import type { AnalyzeRequest, StoredAnalysis } from '../engine-interface.ts';
import type { NewGrouping } from '../storage/decisions.ts';
import type { EngineSession } from './engine-session.ts';
import { incidentOf, newestAnalysis } from './newest-analysis.ts';

export function groupingHandlers(session: EngineSession): NamespaceHandlers<Contract, 'grouping'> {
  let last: Promise<unknown> = Promise.resolve();
  /** Two windows at once: the second finds the analysis of the first running, or over, and decides nothing. */
  const inTurn = (step: () => Promise<Regrouped>): Promise<Regrouped> => {
    const done = last.then(step);
    last = done.catch(() => undefined);
    return done;
  };
  const decideInTurn = (seen: StoredAnalysis, groupings: readonly NewGrouping[]): Promise<Regrouped> =>
    inTurn(() => decide(session, seen, groupings));
  return {
    'grouping.list': async () => {
      const kept = await session.engine.groupings();
      const groupings = kept.map(({ members, others, ...grouping }, at) => {
        const pairId = isPair(kept[at], kept[at + 1])
          ? kept[at + 1]?.id
          : isPair(kept[at - 1], kept[at])
            ? kept[at - 1]?.id
            : null;
        return { ...grouping, memberCount: members.length, otherCount: others.length, pairId: pairId ?? null };
      });
      return { groupings };
    },
    'grouping.split': async ({ incidentId, alerts, by }) => {
      const seen = await newestAnalysis(session);
      const apart = await apartFrom(session, seen.result, incidentId, new Set(alerts));
      return decideInTurn(seen, [{ kind: 'apart', ...apart, by }]);
    },
    'grouping.merge': async ({ incidentIds, by }) => {
      const seen = await newestAnalysis(session);
      const { result } = seen;
      const [first, ...rest] = [...new Set(incidentIds)].map((id) => incidentOf(result, id));
      if (!first || rest.length === 0) throw new ContractError('invalid_argument', 'Name two incidents to merge.');
      const members = await signalsOf(session, result, [first]);
      return decideInTurn(seen, [{ kind: 'together', members, others: await signalsOf(session, result, rest), by }]);
    },
    'grouping.move': async ({ incidentId, alerts, toIncidentId, by }) => {
      const seen = await newestAnalysis(session);
      const { result } = seen;
      const { members, others } = await apartFrom(session, result, incidentId, new Set(alerts));
      const target = await signalsOf(session, result, [incidentOf(result, toIncidentId)]);
      return decideInTurn(seen, [
        { kind: 'apart', members, others, by },
        { kind: 'together', members, others: target, by },
      ]);
    },
    'grouping.set': ({ ids, isActive }) => inTurn(() => setActive(session, ids, isActive)),
  };
}

/** A pin is kept as two: its alerts apart from those they left, then together with those they joined. */
function isPair(first: KeptGrouping | undefined, second: KeptGrouping | undefined): boolean {
  if (first?.kind !== 'apart' || second?.kind !== 'together' || second.id !== first.id + 1) return false;
  return JSON.stringify(first.members) === JSON.stringify(second.members);
}

interface Regrouped {
  readonly ids: number[];
  readonly jobId: JobId;
  readonly revision: number;
}

/** `seen` is the analysis whose incidents the person looked at. */
async function decide(
  session: EngineSession,
  seen: StoredAnalysis,
  groupings: readonly NewGrouping[],
): Promise<Regrouped> {
  await refuseBeside(session);
  const newest = await newestAnalysis(session);
  if (newest.analysisId !== seen.analysisId || newest.createdTime !== seen.createdTime) {
    const message = 'The incidents were grouped anew meanwhile. Look at them again, then decide.';
    throw new ContractError('failed_precondition', message);
  }
  const ids: number[] = [];
  for (const grouping of groupings) ids.push(await session.engine.addGrouping(grouping));
  return analyseAnew(session, ids, () => undo(session, ids, false));
}

/** What was as asked before stays so when this is taken back. */
async function setActive(session: EngineSession, ids: readonly number[], isActive: boolean): Promise<Regrouped> {
  await refuseBeside(session);
  const kept = new Map((await session.engine.groupings()).map((grouping) => [grouping.id, grouping.isActive]));
  const unknown = ids.find((id) => !kept.has(id));
  if (unknown !== undefined) throw new ContractError('not_found', `The case has no grouping ${unknown}.`);
  const changed = ids.filter((id) => kept.get(id) !== isActive);
  for (const id of changed) await session.engine.setGroupingActive(id, isActive);
  return analyseAnew(session, ids, () => undo(session, changed, !isActive));
}

async function undo({ engine }: EngineSession, ids: readonly number[], isActive: boolean): Promise<void> {
  for (const id of ids) await engine.setGroupingActive(id, isActive);
}

async function refuseBeside({ engine }: EngineSession): Promise<void> {
  const running = (await engine.jobs()).find(({ status }) => status === 'running');
  if (!running) return;
  const what = running.kind === 'import' ? 'An import is running' : 'An analysis is running';
  throw new ContractError('failed_precondition', `${what}. Group its incidents when it has ended.`);
}

/** With what was asked last time. Where it cannot start or does not end well, what was decided is taken back. */
async function analyseAnew(
  session: EngineSession,
  ids: readonly number[],
  takeBack: () => Promise<void>,
): Promise<Regrouped> {
  try {
    const stored = await newestAnalysis(session);
    const started = await session.engine.analyze(requestOf(stored.parametersJson));
    // Cancelled or failed: the groups on the screens stay, and so must what is kept.
    started.result.catch(() =>
      takeBack().then(
        // Screens asked when the job ended, perhaps before this was written.
        () => session.touch('analysis'),
        () => undefined,
      ),
    );
    return { ids: [...ids], jobId: session.rememberAnalysis(started), revision: session.touch('jobs') };
  } catch (error) {
    await takeBack();
    throw error;
  }
}

/** Times were stored as decimal text. */
export function requestOf(parametersJson: string): AnalyzeRequest {
  const { at, from, to, ...rest } = JSON.parse(parametersJson) as Readonly<Record<string, unknown>>;
  const time = (value: unknown): AnalyzeRequest['at'] =>
    typeof value === 'string' && /^-?\d+$/.test(value) ? unixNano(BigInt(value)) : undefined;
  return { ...(rest as AnalyzeRequest), at: time(at), from: time(from), to: time(to) };
}

/** The chosen alerts of an incident, and all that is left of it. */
async function apartFrom(
  session: EngineSession,
  result: AnalysisResult,
  incidentId: string,
  chosen: ReadonlySet<number>,
): Promise<Pick<NewGrouping, 'members' | 'others'>> {
  const { alerts } = incidentOf(result, incidentId);
  const isOne = alerts.map(({ rowId }) => chosen.has(rowId));
  const rowsOf = (wanted: boolean): readonly number[] =>
    alerts.filter((_, index) => isOne[index] === wanted).map(({ rowId }) => rowId);
  const [inside, outside] = [rowsOf(true), rowsOf(false)];
  if (inside.length === 0) throw new ContractError('invalid_argument', 'None of these alerts is in that incident.');
  if (outside.length === 0) {
    throw new ContractError('invalid_argument', 'These are all alerts of the incident; leave one out to split it.');
  }
  return { members: await session.engine.alertKeys(inside), others: await session.engine.alertKeys(outside) };
}

async function signalsOf(
  session: EngineSession,
  result: AnalysisResult,
  incidents: readonly Incident[],
): Promise<readonly SignalKey[]> {
  const alerts = await session.engine.alertKeys(incidents.flatMap((one) => one.alerts.map(({ rowId }) => rowId)));
  const byId = new Map(result.findings.map((finding) => [finding.id, finding]));
  const findings = incidents
    .flatMap((one) => one.findings.flatMap((id) => byId.get(id) ?? []))
    .map(({ kind, entity, subject }) => findingKey(kind, entity, subject));
  return [...new Set([...alerts, ...findings])];
}
