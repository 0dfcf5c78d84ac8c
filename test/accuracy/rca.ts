/**
 * `npm run accuracy -- rca DIR [--predictions OUT] [--json] [--without TERM]… [--misses] [--explain CASE] [--case CASE]…`: runs the
 * engine on every case under DIR (shaped like bench/rca, or one data set of it), writes what it said, and scores it where
 * the truth is there. Exits 1 when a figure is worse than the last time (never with `--without` or `--case`).
 */
import fs from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { RANKING_TERMS, type RankingTerm } from '../../shared/analysis/rca/rank-causes.ts';
import { listCases, type RcaCase } from './rca-case.ts';
import { compareWithLast, formatFigures, summarise, type CaseOutcome } from './rca-figures.ts';
import { runCase, type CaseAnswer } from './rca-run.ts';

const LAST_FIGURES = fileURLToPath(new URL('rca-last-figures.json', import.meta.url));
const NO_CHANGE = 'none';
/** Below this the engine would not blame anybody. */
const ABSTAIN_BELOW = 0.3;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    predictions: { type: 'string' },
    json: { type: 'boolean', default: false },
    without: { type: 'string', multiple: true },
    misses: { type: 'boolean', default: false },
    explain: { type: 'string' },
    case: { type: 'string', multiple: true },
  },
});

interface Prediction {
  readonly dataset: string;
  readonly case: string;
  readonly ranking: readonly string[];
  readonly changes?: readonly string[];
  readonly abstained: boolean;
  readonly seconds: number;
}

function changesOf({ hypotheses, changes }: CaseAnswer): readonly string[] {
  return hypotheses[0]?.change === null ? [NO_CHANGE, ...changes] : [...changes, NO_CHANGE];
}
function explain(answer: CaseAnswer, truth: string | undefined): void {
  for (const h of answer.hypotheses.slice(0, 6)) {
    console.error(
      `${h.rank}. ${h.entity.name} ${h.score.toFixed(3)} ${h.confidence.toFixed(2)} ${h.faultKind}${h.entity.name === truth ? ' (the truth)' : ''}`,
    );
    for (const e of h.evidence) console.error(`     ${e.stance} ${e.weight.toFixed(3)} ${e.text.slice(0, 200)}`);
  }
}
function truthOf({ visible, truth }: RcaCase): string | undefined {
  return visible.files['events'] ? truth?.instance : truth?.service;
}

function main(): void {
  const disabled = new Set(
    RANKING_TERMS.filter((term): term is RankingTerm => values.without?.includes(term) ?? false),
  );
  const predictions: Prediction[] = [];
  const outcomes: CaseOutcome[] = [];
  /** Signs of earlier cases of each data set, unlabelled. */
  const libraries = new Map<string, { cases: number; casesWithSign: Map<string, number> }>();
  for (const rcaCase of listCases(positionals[0] ?? '.')) {
    if (values.case && !values.case.includes(rcaCase.name)) continue;
    const library = libraries.get(rcaCase.dataset) ?? { cases: 0, casesWithSign: new Map<string, number>() };
    libraries.set(rcaCase.dataset, library);
    const started = performance.now();
    const answer = runCase(rcaCase, library, disabled);
    const seconds = (performance.now() - started) / 1000;
    library.cases++;
    for (const sign of answer.signs) library.casesWithSign.set(sign, (library.casesWithSign.get(sign) ?? 0) + 1);
    const abstained = (answer.hypotheses[0]?.confidence ?? 0) < ABSTAIN_BELOW;
    const said = answer.hasChanges ? { changes: changesOf(answer) } : {};
    predictions.push({
      dataset: rcaCase.dataset,
      case: rcaCase.name,
      ranking: answer.ranking,
      ...said,
      abstained,
      seconds,
    });
    const truth = truthOf(rcaCase);
    if (values.explain === rcaCase.name) explain(answer, truth);
    if (truth === undefined) continue;
    const position = answer.ranking.indexOf(truth) + 1;
    outcomes.push({ dataset: rcaCase.dataset, position, abstained, seconds });
    const change = rcaCase.truth?.change;
    if (change !== undefined && said.changes)
      outcomes.push({
        dataset: `${rcaCase.dataset}:change`,
        position: said.changes.indexOf(change) + 1,
        abstained,
        seconds,
      });
    if (values.misses && position !== 1)
      console.error(
        `${rcaCase.name}: ${truth} (${rcaCase.truth?.faultType ?? ''}) at ${position}, said ${answer.ranking.slice(0, 4).join(', ')}`,
      );
  }
  if (values.predictions)
    fs.writeFileSync(values.predictions, predictions.map((p) => `${JSON.stringify(p)}\n`).join(''));
  const figures = summarise(outcomes);
  if (values.json) console.log(JSON.stringify(figures));
  else
    console.log(
      figures.length > 0
        ? formatFigures(figures)
        : `${predictions.length} cases answered; they hold no truth to score against.`,
    );
  if (disabled.size > 0 || values.case) return;
  for (const line of compareWithLast(LAST_FIGURES, figures)) {
    console.error(`worse: ${line}`);
    process.exitCode = 1;
  }
}
main();
