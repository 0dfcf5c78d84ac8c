/**
 * The sentence of a cause after a person struck evidence out: it never claims what no longer counts. A sentence that rests
 * on a line still counted stays as written; else the strongest line that is left speaks. Pure, O(evidence + parts).
 */
import type { Hypothesis } from '../../model/analysis-result.ts';
import { inShort } from './mechanism.ts';

/** What an entity's own spans tell; sentences with its figures rest on them. */
const OWN_FIGURES: ReadonlySet<string> = new Set(['own-time', 'error-origin']);
/** `, 100 s after “cart 2.4.0”`, `, about when “…” began`, as `mechanismOf` writes them. */
const AFTER_CHANGE = /, (?:-?\d+ (?:s|min) after “[^”]*”|about when “[^”]*” began)/;

export function summaryAgain(hypothesis: Hypothesis, struck: readonly boolean[]): string {
  if (!struck.includes(true)) return hypothesis.summary;
  if (restsOnStruck(hypothesis, struck)) return strongestLeft(hypothesis, struck);
  return isChangeStruck(hypothesis, struck) ? hypothesis.summary.replace(AFTER_CHANGE, '') : hypothesis.summary;
}

function restsOnStruck({ summary, evidence, basis }: Hypothesis, struck: readonly boolean[]): boolean {
  const supports = evidence.map((item, index) => ({ item, index })).filter(({ item }) => item.stance === 'supports');
  const told = supports.filter(({ item }) => summary.startsWith(inShort(item.text)));
  if (told.length > 0) return told.every(({ index }) => struck[index]);
  const parts = basis?.kind === 'candidate' ? basis.parts : [];
  const own = parts.filter(({ aspect, evidence: line }) => OWN_FIGURES.has(aspect) && line >= 0);
  if (own.length > 0) return own.every(({ evidence: line }) => struck[line]);
  return supports.length > 0 && supports.every(({ index }) => struck[index]);
}

/** All that ties it to its change is struck. */
function isChangeStruck({ basis }: Hypothesis, struck: readonly boolean[]): boolean {
  const parts = basis?.kind === 'candidate' ? basis.parts : [];
  const tied = parts.filter(({ change, evidence }) => change !== undefined && evidence >= 0);
  return tied.length > 0 && tied.every(({ evidence }) => struck[evidence]);
}

function strongestLeft({ entity, evidence }: Hypothesis, struck: readonly boolean[]): string {
  const [best] = evidence
    .filter(({ stance }, index) => stance === 'supports' && !struck[index])
    .toSorted((left, right) => right.weight - left.weight);
  return best ? `${inShort(best.text)}.` : `Nothing that is left speaks for ${entity.name}.`;
}
