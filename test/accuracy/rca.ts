/**
 * `npm run accuracy -- rca DIR [--predictions OUT] [--json]`: runs the engine on every case under DIR (shaped like
 * bench/rca, or one data set of it), writes what it said, and scores it where the truth is there.
 */
import fs from 'node:fs';
import { parseArgs } from 'node:util';
import { RANKING_TERMS, type RankingTerm } from '../../shared/analysis/rca/rank-causes.ts';
import { listCases } from './rca-case.ts';
import { runCase } from './rca-run.ts';

interface Prediction {
  readonly dataset: string;
  readonly case: string;
  readonly ranking: readonly string[];
  readonly changes?: readonly string[];
  readonly abstained: boolean;
  readonly seconds: number;
}
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    predictions: { type: 'string' },
    json: { type: 'boolean', default: false },
    without: { type: 'string', multiple: true },
    misses: { type: 'boolean', default: false },
    explain: { type: 'string' },
  },
});
const disabled = new Set(RANKING_TERMS.filter((term): term is RankingTerm => values.without?.includes(term) ?? false));
const predictions: Prediction[] = [];
/** Signs of earlier cases of each data set. */
const libraries = new Map<string, { cases: number; casesWithSign: Map<string, number> }>();
const figures = new Map<string, { hits: number[][]; rr: number[]; seconds: number; changeHits: number[] }>();
for (const rcaCase of listCases(positionals[0] ?? '.')) {
  const started = performance.now();
  const library = libraries.get(rcaCase.dataset) ?? { cases: 0, casesWithSign: new Map<string, number>() };
  libraries.set(rcaCase.dataset, library);
  const answer = runCase(rcaCase, library, disabled);
  library.cases++;
  for (const sign of answer.signs) library.casesWithSign.set(sign, (library.casesWithSign.get(sign) ?? 0) + 1);
  const seconds = (performance.now() - started) / 1000;
  predictions.push({
    dataset: rcaCase.dataset,
    case: rcaCase.name,
    ranking: answer.ranking,
    changes: answer.changes,
    abstained: false,
    seconds,
  });
  const truth = rcaCase.visible.files['events'] ? rcaCase.truth?.instance : rcaCase.truth?.service;
  if (values.explain === rcaCase.name)
    for (const h of answer.hypotheses.slice(0, 6)) {
      console.log(h.rank, h.entity.name, h.score.toFixed(3), h.faultKind, h.entity.name === truth ? '<== truth' : '');
      for (const e of h.evidence.slice(0, 8)) console.log('    ', e.stance, e.weight.toFixed(3), e.text.slice(0, 200));
    }
  if (truth === undefined) continue;
  const at = answer.ranking.indexOf(truth) + 1;
  const row = figures.get(rcaCase.dataset) ?? { hits: [], rr: [], seconds: 0, changeHits: [] };
  figures.set(rcaCase.dataset, row);
  row.hits.push([1, 2, 3, 4, 5].map((k) => Number(at > 0 && at <= k)));
  row.rr.push(at ? 1 / at : 0);
  row.seconds += seconds;
  if (values.misses && at !== 1)
    console.log(rcaCase.name, at, truth, rcaCase.truth?.faultType, '| said', answer.ranking.slice(0, 4).join(' '));
}
const mean = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0) / (list.length || 1);
for (const [dataset, row] of figures) {
  const top = [0, 1, 2, 3, 4].map((k) => mean(row.hits.map((h) => h[k] ?? 0)));
  console.log(
    `${dataset.padEnd(20)} n ${row.hits.length} Top-1 ${top[0]!.toFixed(3)} Top-3 ${top[2]!.toFixed(3)} Avg@5 ${mean(top).toFixed(3)} MRR ${mean(row.rr).toFixed(3)} s/case ${(row.seconds / row.hits.length).toFixed(3)}`,
  );
}
if (values.predictions)
  fs.writeFileSync(values.predictions, predictions.map((p) => JSON.stringify(p)).join('\n') + '\n');
