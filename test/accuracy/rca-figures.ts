/** Figures of rankings against labelled cases, and the memory that makes a regression fail. */
import fs from 'node:fs';

export interface CaseOutcome {
  readonly dataset: string;
  /** 1-based position of the truth, 0 = not in the ranking. */
  readonly position: number;
  readonly abstained: boolean;
  readonly seconds: number;
}
export interface Figures {
  readonly dataset: string;
  readonly cases: number;
  readonly top1: number;
  readonly top3: number;
  readonly avg5: number;
  readonly mrr: number;
  readonly abstained: number;
  readonly secondsPerCase: number;
}

export function summarise(outcomes: readonly CaseOutcome[]): Figures[] {
  const groups = Map.groupBy(outcomes, (outcome) => outcome.dataset);
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([dataset, list]) => figuresOf(dataset, list));
}
function figuresOf(dataset: string, list: readonly CaseOutcome[]): Figures {
  const mean = (value: (outcome: CaseOutcome) => number): number =>
    list.reduce((sum, outcome) => sum + value(outcome), 0) / Math.max(1, list.length);
  const within = (k: number): number => mean(({ position }) => Number(position > 0 && position <= k));
  return {
    dataset,
    cases: list.length,
    top1: within(1),
    top3: within(3),
    avg5: (within(1) + within(2) + within(3) + within(4) + within(5)) / 5,
    mrr: mean(({ position }) => (position > 0 ? 1 / position : 0)),
    abstained: list.filter(({ abstained }) => abstained).length,
    secondsPerCase: mean(({ seconds }) => seconds),
  };
}
export function formatFigures(figures: readonly Figures[]): string {
  const rows = figures.map(
    (f) =>
      `| ${f.dataset} | ${f.cases} | ${f.top1.toFixed(3)} | ${f.top3.toFixed(3)} | ${f.avg5.toFixed(3)} | ${f.mrr.toFixed(3)} | ${f.abstained} | ${f.secondsPerCase.toFixed(2)} |`,
  );
  return [
    '| data set | cases | Top-1 | Top-3 | Avg@5 | MRR | abstained | s/case |',
    '|---|---|---|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}

/** A figure may move this far, one case of a small set included, before it counts as worse. */
const TOLERANCE = 0.015;
const KEYS = ['top1', 'top3', 'avg5'] as const;

/** Seconds depend on the machine and its load, so they are no part of the record: the same engine leaves it as it is. */
type RecordedFigures = Omit<Figures, 'secondsPerCase'>;
function toRecord({ dataset, cases, top1, top3, avg5, mrr, abstained }: Figures): RecordedFigures {
  return { dataset, cases, top1, top3, avg5, mrr, abstained };
}

/** What became worse since the last figures of the same data sets with as many cases. Better figures are written down. */
export function compareWithLast(file: string, figures: readonly Figures[]): string[] {
  const last = fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, 'utf8')) as RecordedFigures[]) : [];
  const worse: string[] = [];
  const kept = new Map(last.map((f) => [f.dataset, f]));
  for (const now of figures) {
    const before = kept.get(now.dataset);
    if (before && before.cases !== now.cases) continue;
    for (const key of KEYS)
      if (before && now[key] < before[key] - TOLERANCE)
        worse.push(`${now.dataset}: ${key} ${now[key].toFixed(3)} where it was ${before[key].toFixed(3)}`);
    const isBetter = !before || KEYS.every((key) => now[key] >= before[key] - 1e-9);
    if (isBetter) kept.set(now.dataset, toRecord(now));
  }
  if (worse.length === 0) {
    const sorted = [...kept.values()].sort((a, b) => (a.dataset < b.dataset ? -1 : 1));
    fs.writeFileSync(file, `${JSON.stringify(sorted, null, 2)}\n`);
  }
  return worse;
}
