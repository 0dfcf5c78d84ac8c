/**
 * Shares of a whole (errors of requests) compared without pretending that two requests are a rate. The incident's rate
 * has a Beta posterior; the question is how probable it is that it exceeds what the baseline allows.
 */
import { incompleteBeta } from './special-functions.ts';

/** Jeffreys prior of a proportion: Beta(1/2, 1/2). */
const PRIOR = 0.5;

/** P(rate > limit | errors of total). */
export function probabilityRateAbove(errors: number, total: number, limit: number): number {
  if (total <= 0) return 1 - incompleteBeta(limit, PRIOR, PRIOR);
  return 1 - incompleteBeta(limit, errors + PRIOR, total - errors + PRIOR);
}

/**
 * P(rate > 2 × baseline rate + 1 %), the alarm rule of methods.md §2: beyond .99 it is a finding. The baseline rate is
 * its posterior mean, so a baseline of three clean requests does not count as proof of zero.
 */
export function probabilityErrorRateRose(
  baseline: { readonly errors: number; readonly total: number },
  incident: { readonly errors: number; readonly total: number },
): number {
  const baselineRate = baseline.total > 0 ? (baseline.errors + PRIOR) / (baseline.total + 2 * PRIOR) : 0;
  return probabilityRateAbove(incident.errors, incident.total, Math.min(1, 2 * baselineRate + 0.01));
}

/** Equal-tailed credible interval of a rate, by bisection on the posterior. */
export function rateInterval(errors: number, total: number, mass = 0.95): readonly [number, number] {
  const quantileAt = (p: number): number => {
    let low = 0;
    let high = 1;
    for (let i = 0; i < 60; i += 1) {
      const middle = (low + high) / 2;
      if (incompleteBeta(middle, errors + PRIOR, total - errors + PRIOR) < p) low = middle;
      else high = middle;
    }
    return (low + high) / 2;
  };
  return [quantileAt((1 - mass) / 2), quantileAt((1 + mass) / 2)];
}
