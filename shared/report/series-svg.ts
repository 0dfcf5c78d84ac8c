/** A stretch of a metric series as a small SVG chart: ink line, gaps stay gaps, the stretch in question on tinted ground. */
import type { EvidenceSeries } from './investigation-report.ts';
import { significant } from './format.ts';
import { html, type Html } from './html-text.ts';

const WIDTH = 640;
const HEIGHT = 96;
const LEFT = 64;
const BOTTOM = 16;

export function seriesSvg(series: EvidenceSeries): Html {
  const known = series.values.filter((v): v is number => v !== null && Number.isFinite(v));
  if (known.length === 0) return html`<p class="quiet">No values in this stretch.</p>`;
  const low = Math.min(0, ...known);
  const high = Math.max(...known, low + Number.MIN_VALUE);
  const start = series.timesSeconds[0] ?? 0;
  const end = series.timesSeconds.at(-1) ?? start;
  const x = (t: number): number => LEFT + ((t - start) / Math.max(end - start, 1e-9)) * (WIDTH - LEFT - 4);
  const y = (v: number): number => 4 + (1 - (v - low) / (high - low)) * (HEIGHT - BOTTOM - 8);
  let path = '';
  let isPenDown = false;
  series.values.forEach((value, i) => {
    if (value === null || !Number.isFinite(value)) {
      isPenDown = false;
      return;
    }
    path += `${isPenDown ? 'L' : 'M'}${x(series.timesSeconds[i] ?? 0).toFixed(1)} ${y(value).toFixed(1)}`;
    isPenDown = true;
  });
  const band = series.highlight;
  const ground = band
    ? html`<rect x="${x(Math.max(start, band.startSeconds)).toFixed(1)}" y="0" width="${Math.max(1.5, x(Math.min(end, band.endSeconds)) - x(Math.max(start, band.startSeconds))).toFixed(1)}" height="${HEIGHT - BOTTOM}" class="ground"/>`
    : null;
  const time = (t: number): string => new Date(t * 1000).toISOString().slice(11, 19);
  return html`<svg class="series" role="img" aria-label="${series.title}: between ${significant(Math.min(...known))} and ${significant(Math.max(...known))} ${series.unit}" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}">${ground}<path d="M${LEFT} ${HEIGHT - BOTTOM - 4}H${WIDTH - 4}" class="axis"/><path d="${path}" class="line"/><text x="${LEFT - 6}" y="12" class="tick end">${significant(high)}</text><text x="${LEFT - 6}" y="${HEIGHT - BOTTOM - 2}" class="tick end">${significant(low)}</text><text x="${LEFT}" y="${HEIGHT - 2}" class="tick">${time(start)}</text><text x="${WIDTH - 4}" y="${HEIGHT - 2}" class="tick end">${time(end)} UTC</text></svg>`;
}
