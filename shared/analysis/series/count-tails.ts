/** How surprising is a count? Poisson where counts scatter by chance alone, negative binomial where they scatter more. */
import { incompleteBeta, incompleteGamma, upperIncompleteGamma } from './special-functions.ts';

/** P(N ≥ count) for a Poisson count with the given mean. */
export function poissonUpperTail(count: number, mean: number): number {
  if (count <= 0) return 1;
  return mean <= 0 ? 0 : incompleteGamma(count, mean);
}
/** P(N ≤ count). */
export function poissonLowerTail(count: number, mean: number): number {
  if (count < 0) return 0;
  return mean <= 0 ? 1 : upperIncompleteGamma(count + 1, mean);
}

/**
 * P(N ≥ count) for a negative binomial count with the given mean and variance (method of moments; gamma-Poisson
 * mixture). A variance not above the mean is Poisson.
 */
export function negativeBinomialUpperTail(count: number, mean: number, variance: number): number {
  if (count <= 0) return 1;
  if (mean <= 0) return 0;
  if (variance <= mean * 1.0001) return poissonUpperTail(count, mean);
  const size = (mean * mean) / (variance - mean);
  return incompleteBeta(mean / variance <= 1 ? 1 - mean / variance : 0, count, size);
}
/** P(N ≤ count), same model. */
export function negativeBinomialLowerTail(count: number, mean: number, variance: number): number {
  if (count < 0) return 0;
  if (mean <= 0) return 1;
  if (variance <= mean * 1.0001) return poissonLowerTail(count, mean);
  return 1 - negativeBinomialUpperTail(count + 1, mean, variance);
}

/**
 * P(N ≥ count) in a stretch, when `seen` events fell into an earlier stretch: the rate is not known but has a gamma
 * posterior (prior Gamma(1/2, 0), Jeffreys), which makes the count negative binomial. Exposures in any one unit.
 */
export function poissonGammaUpperTail(count: number, exposure: number, seen: number, seenExposure: number): number {
  if (count <= 0) return 1;
  if (seenExposure <= 0) return 1;
  const size = seen + 0.5;
  return incompleteBeta(exposure / (exposure + seenExposure), count, size);
}
