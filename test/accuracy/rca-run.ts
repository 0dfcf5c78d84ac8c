/** Runs the engine on one case: files → Telemetry → graph → findings → ranking. The same composition for every case. */
import fs from 'node:fs';
import path from 'node:path';
import type { AnalysisContext, AnalysisRequest, CaseHistory } from '../../shared/analysis/context.ts';
import { detectors } from '../../shared/analysis/detectors/index.ts';
import { rankCauses } from '../../shared/analysis/rca/rank-causes-engine.ts';
import type { RankingTerm } from '../../shared/analysis/rca/rank-causes.ts';
import { signKeysOfCase } from '../../shared/analysis/rca/signs.ts';
import { buildServiceGraph } from '../../shared/analysis/topology/build-service-graph.ts';
import { chooseWindows } from '../../shared/analysis/topology/choose-windows.ts';
import type { Hypothesis } from '../../shared/model/analysis-result.ts';
import { entityKey, type EntityRef } from '../../shared/model/entity.ts';
import type { Telemetry } from '../../shared/model/telemetry.ts';
import { unixNano } from '../../shared/model/time.ts';
import type { AdapterOutput, CaseAdapter } from './adapters/adapter.ts';
import { alertEventsAdapter } from './adapters/alert-events.ts';
import { incidentFolderAdapter } from './adapters/incident-folder.ts';
import { podTablesAdapter } from './adapters/pod-tables.ts';
import { releaseBundleAdapter } from './adapters/release-bundle.ts';
import { traceMapMetricsAdapter } from './adapters/trace-map-metrics.ts';
import { wideMetricsAdapter } from './adapters/wide-metrics.ts';
import { nanosOfSeconds, readText, unixSeconds, type RcaCase, type VisibleCase } from './rca-case.ts';
import { TelemetryBuilder } from './telemetry-builder.ts';

const ADAPTERS: readonly CaseAdapter[] = [
  wideMetricsAdapter,
  traceMapMetricsAdapter,
  podTablesAdapter,
  alertEventsAdapter,
  incidentFolderAdapter,
  releaseBundleAdapter,
];

export interface LoadedCase {
  readonly telemetry: Telemetry;
  readonly request: AnalysisRequest;
  /** Name in the data set of each candidate entity. */
  readonly nameOfEntity: ReadonlyMap<string, string>;
}
export interface CaseAnswer {
  readonly ranking: readonly string[];
  readonly changes: readonly string[];
  readonly hypotheses: readonly Hypothesis[];
  readonly hasChanges: boolean;
  /** What the case adds to the library, without any label. */
  readonly signs: ReadonlySet<string>;
}

export function loadCase(visible: VisibleCase, directory: string, history: CaseHistory | undefined): LoadedCase {
  const builder = new TelemetryBuilder();
  let output: AdapterOutput = {};
  const input = {
    visible,
    builder,
    read: (file: string) => readText(directory, file),
    list: (folder: string) => fs.readdirSync(path.join(directory, folder)).sort(),
  };
  for (const adapter of ADAPTERS) if (adapter.matches(visible)) output = { ...output, ...adapter.convert(input) };
  const refs = new Map<string, EntityRef>(
    visible.candidates.map((name) => [name, output.entityOfCandidate?.get(name) ?? { type: 'service', name }]),
  );
  for (const [from, to] of visible.topology?.edges ?? []) {
    const end = (name: string): number => {
      const ref = refs.get(name) ?? { type: 'service' as const, name };
      return builder.entity(ref.type, ref.name);
    };
    builder.addEdge('calls', end(from), end(to), 'configuration');
  }
  for (const ref of refs.values()) builder.entity(ref.type, ref.name);
  const told = visible.symptom?.timestamp ?? visible.alertTime ?? visible.detectTime ?? visible.injectTime;
  const at = output.alarmNs ?? (told === undefined || told === null ? undefined : nanosOfSeconds(unixSeconds(told)));
  return {
    telemetry: builder.build(),
    request: {
      at: at === undefined ? undefined : unixNano(at),
      symptom: output.symptom,
      candidates: [...refs.values()],
      history,
    },
    nameOfEntity: new Map([...refs].map(([name, ref]) => [entityKey(ref), name])),
  };
}

const CONTEXT: AnalysisContext = { progress: () => undefined, throwIfCancelled: () => undefined };

export function answerCase(
  loaded: LoadedCase,
  disabledTerms: ReadonlySet<RankingTerm> | undefined,
  observeFeatures?: (features: readonly number[], score: number) => void,
): CaseAnswer {
  const { telemetry, request } = loaded;
  const alarmNs = request.at === undefined ? telemetry.endNs : Number(request.at - telemetry.origin);
  const graph = buildServiceGraph(telemetry, chooseWindows(telemetry.startNs, telemetry.endNs, alarmNs), CONTEXT);
  const symptom = telemetry.entities.findIndex((e) => request.symptom && entityKey(e) === entityKey(request.symptom));
  const hypotheses = rankCauses(
    {
      telemetry,
      graph,
      findings: detectors.flatMap((detector) => detector.detect({ telemetry, graph }, CONTEXT)),
      incident: {
        findings: [],
        alerts: telemetry.alerts.map((_, index) => index),
        onsetNs: graph.windows.incident.startNs,
        endNs: telemetry.endNs,
        symptoms: symptom >= 0 ? [symptom] : [],
      },
      request,
      disabledTerms,
      observeFeatures,
    },
    CONTEXT,
  );
  const names = hypotheses.map((h) => loaded.nameOfEntity.get(entityKey(h.entity)));
  return {
    ranking: names.filter((name) => name !== undefined),
    changes: [...new Set(hypotheses.flatMap((h) => (h.change ? [h.change.id] : [])))],
    hypotheses,
    hasChanges: telemetry.changes.length > 0,
    signs: signKeysOfCase(telemetry),
  };
}
export function runCase(rcaCase: RcaCase, history?: CaseHistory, disabledTerms?: ReadonlySet<RankingTerm>): CaseAnswer {
  return answerCase(loadCase(rcaCase.visible, rcaCase.directory, history), disabledTerms);
}
