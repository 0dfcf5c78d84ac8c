/** Formulas of the model. */

/**
 * Mean wait in a queue before `servers` equal servers, as a multiple of the service time, at utilisation `rho` < 1.
 * Sakasegawa, "An approximation formula L_q ≃ α·ρ^β/(1-ρ)", Annals of the Institute of Statistical Mathematics 29
 * (1977), for exponential times. `rho` is held below 0.98 so that the answer stays finite; overload beyond that is the
 * caller's business.
 */
export function waitFactor(rho: number, servers: number): number {
  const bounded = Math.min(Math.max(rho, 0), 0.98);
  return bounded ** (Math.sqrt(2 * (servers + 1)) - 1) / (servers * (1 - bounded));
}

/** Abramowitz and Stegun 26.2.17; absolute error below 7.5e-8. */
export function normalTail(z: number): number {
  const x = Math.abs(z);
  const t = 1 / (1 + 0.2316419 * x);
  const poly = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const tail = (Math.exp((-x * x) / 2) / 2.5066282746) * poly;
  return z >= 0 ? tail : 1 - tail;
}

/** Deviation of the logarithm of latencies that the model assumes everywhere. */
export const LATENCY_SIGMA = 0.55;

/** Share of log-normal times with the given mean that last longer than `limit`. */
export function shareAbove(mean: number, limit: number, sigma = LATENCY_SIGMA): number {
  if (mean <= 0) return 0;
  return normalTail((Math.log(limit / mean) + (sigma * sigma) / 2) / sigma);
}

/** Quantile of a log-normal time with the given mean, from the standard normal quantile `z`. */
export function quantileOf(mean: number, z: number, sigma = LATENCY_SIGMA): number {
  return mean * Math.exp(sigma * z - (sigma * sigma) / 2);
}

export function clamp(value: number, low: number, high: number): number {
  return value < low ? low : value > high ? high : value;
}
