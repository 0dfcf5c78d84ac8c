/**
 * Log messages that are new, come in a burst, or stopped, and errors that rose, per service. Counts are judged by the
 * gamma-Poisson tail given what the baseline showed, so a first message in a short baseline proves little.
 */
import type { Finding, FindingKind } from '../../../model/finding.ts';
import { rowRef } from '../../../model/ids.ts';
import { poissonGammaUpperTail, poissonLowerTail } from '../../series/count-tails.ts';
import type { Detector, DetectorInput } from '../detector.ts';
import { byEntityAndSubject } from '../finding-order.ts';
import { quoted, short } from '../../sentences.ts';
import { squash } from '../squash.ts';

const PARAMETERS = {
  warnSeverity: 13,
  errorSeverity: 17,
  /** Tail probability that counts as unusual; divided by the number of templates tested. */
  tail: 0.01,
  burstRatio: 3,
  smallestCount: 3,
  vanishedTail: 1e-4,
} as const;

interface Cell {
  readonly entity: number;
  readonly template: number;
  severity: number;
  baseline: number;
  incident: number;
  firstNs: number;
  lastNs: number;
  readonly examples: number[];
}

export const logTemplates: Detector = {
  id: 'log-templates',
  title: 'Logs: new, bursting and vanished messages',
  version: 1,
  parameters: PARAMETERS,
  references: [],
  detect(input, context) {
    const cells = countCells(input, () => context.throwIfCancelled());
    const { baseline, incident } = input.graph.windows;
    const before = Math.max(0, baseline.endNs - baseline.startNs);
    const during = Math.min(incident.endNs, input.telemetry.endNs) - incident.startNs;
    const findings: Finding[] = [];
    for (const cell of cells) {
      const finding = judge(input, cell, before, during, cells.length);
      if (finding) findings.push(finding);
    }
    return findings.sort(byEntityAndSubject);
  },
};

function countCells({ telemetry, graph }: DetectorInput, poll: () => void): Cell[] {
  const { logs } = telemetry;
  const { baseline, incident } = graph.windows;
  const cells = new Map<number, Cell>();
  for (let row = 0; row < logs.length; row++) {
    if (row % 65_536 === 0) poll();
    const owner = logs.entity[row]!;
    const template = logs.template[row]!;
    if (owner < 0 || template < 0) continue;
    const time = logs.timeNs[row]!;
    const isDuring = time >= incident.startNs && time < incident.endNs;
    if (!isDuring && (time < baseline.startNs || time >= baseline.endNs)) continue;
    const entity = graph.foldedInto[owner]!;
    const key = entity * logs.templates.length + template;
    let cell = cells.get(key);
    if (!cell) {
      cell = { entity, template, severity: 0, baseline: 0, incident: 0, firstNs: time, lastNs: time, examples: [] };
      cells.set(key, cell);
    }
    cell.severity = Math.max(cell.severity, logs.severity[row]!);
    if (!isDuring) cell.baseline++;
    else {
      if (cell.incident++ === 0) cell.firstNs = time;
      cell.lastNs = time;
      if (cell.examples.length < 3) cell.examples.push(row);
    }
  }
  return [...cells.values()];
}

function judge(input: DetectorInput, cell: Cell, before: number, during: number, tests: number): Finding | undefined {
  const isError = cell.severity >= PARAMETERS.errorSeverity;
  const isLoud = cell.severity >= PARAMETERS.warnSeverity;
  const expected = before > 0 ? (cell.baseline * during) / before : 0;
  const make = (kind: FindingKind, score: number, what: string): Finding => {
    const { logs, entities } = input.telemetry;
    const text = logs.templates[cell.template]!.text;
    return {
      detector: logTemplates.id,
      kind,
      signal: 'log',
      entity: cell.entity,
      subject: text,
      onsetNs: cell.incident > 0 ? cell.firstNs : input.graph.windows.incident.startNs,
      onsetUncertaintyNs: cell.incident > 0 ? during / (cell.incident + 1) : during,
      endNs: cell.incident > 0 ? cell.lastNs : input.graph.windows.incident.endNs,
      effectSize: Math.abs(cell.incident - expected) / Math.sqrt(expected + 1),
      score,
      baseline: cell.baseline / Math.max(1, before / 60e9),
      observed: cell.incident / Math.max(1, during / 60e9),
      unit: '1/min',
      sampleCount: cell.incident,
      text: `${entities[cell.entity]!.name} ${what}: ${quoted(text, 160)}.`,
      refs: cell.examples.map((row) => rowRef('log', logs.rowId[row]!)),
    };
  };
  if (cell.incident >= PARAMETERS.smallestCount) {
    const tail = poissonGammaUpperTail(cell.incident, during, cell.baseline, before) * tests;
    if (tail < PARAMETERS.tail || (cell.baseline === 0 && isError)) {
      const strength =
        squash(Math.log2((cell.incident + 1) / (expected + 0.5)), 0, 3) * (isError ? 1 : isLoud ? 0.8 : 0.4);
      if (cell.baseline === 0)
        return make('log_template_new', strength, `logs something never seen before, ${cell.incident} times`);
      if (cell.incident < PARAMETERS.burstRatio * expected) return undefined;
      return make(
        isError ? 'log_errors' : 'log_template_burst',
        strength,
        `logs this ${cell.incident} times where ${short(expected)} were to be expected`,
      );
    }
  }
  if (cell.incident === 0 && before > 0 && poissonLowerTail(0, expected) * tests < PARAMETERS.vanishedTail)
    return make('log_template_vanished', 0.35, `no longer logs what it logged ${cell.baseline} times`);
  return undefined;
}
