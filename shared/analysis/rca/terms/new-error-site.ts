/** Error messages never seen in known-good traffic: the closest thing to a service saying what is wrong with it. */
import { rowRef } from '../../../model/ids.ts';
import type { EntityIndex } from '../../../model/telemetry.ts';
import { findSharedTemplates } from '../../detectors/log-transitions.ts';
import { quoted } from '../../sentences.ts';
import type { CauseItem } from '../cause-item.ts';
import type { RankingState } from '../ranking-state.ts';
import { hintOfMessage, isAboutCallee } from './error-mentions.ts';

const ERROR_SEVERITY = 17;
const SMALLEST_COUNT = 2;
const SHARED_BY_SERVICES = 3;
const SHARED_FACTOR = 0.4;
/** A site with more than one in this many of all new errors counts fully. */
const PROMINENT = 20;
/** Beside fewer than this a handful of errors is still a handful. */
const SMALLEST_TOTAL = 100;
/** An error that names a callee is about the callee. */
const ABOUT_CALLEE = 0.25;

interface Site {
  readonly entity: EntityIndex;
  readonly template: number;
  baseline: number;
  incident: number;
  firstNs: number;
  readonly examples: number[];
}

export function collectNewErrorSites(state: RankingState): CauseItem[] {
  const { telemetry, graph } = state.input;
  const { logs } = telemetry;
  const { baseline, incident } = graph.windows;
  const sites = new Map<number, Site>();
  for (let row = 0; row < logs.length; row++) {
    const owner = logs.entity[row]!;
    const template = logs.template[row]!;
    if (logs.severity[row]! < ERROR_SEVERITY || owner < 0 || template < 0) continue;
    const entity = graph.foldedInto[owner]!;
    const key = entity * logs.templates.length + template;
    let site = sites.get(key);
    if (!site) sites.set(key, (site = { entity, template, baseline: 0, incident: 0, firstNs: 0, examples: [] }));
    const time = logs.timeNs[row]!;
    if (time >= incident.startNs && time < incident.endNs) {
      if (site.incident++ === 0) site.firstNs = time;
      if (site.examples.length < 3) site.examples.push(row);
    } else if (time >= baseline.startNs && time < baseline.endNs) site.baseline++;
  }
  const news = [...sites.values()].filter((site) => site.baseline === 0 && site.incident >= SMALLEST_COUNT);
  const total = news.reduce((sum, site) => sum + site.incident, 0);
  const shared = findSharedTemplates(telemetry, SHARED_BY_SERVICES);
  const items: CauseItem[] = [];
  for (const site of news) {
    // Errors of one in a hundred thousand requests turn up at any time; what the incident brought is what there is much of.
    const prominence = Math.min(1, Math.sqrt((PROMINENT * site.incident) / Math.max(total, SMALLEST_TOTAL)));
    items.push({
      entity: site.entity,
      term: 'new-error-site',
      signal: 'log',
      aspect: 'new-error',
      weight:
        prominence *
        Math.min(5, 2 + Math.sqrt(site.incident) / 2) *
        (shared[site.template] ? SHARED_FACTOR : 1) *
        (isAboutCallee(state, site.entity, site.template) ? ABOUT_CALLEE : 1),
      onsetNs: site.firstNs,
      onsetUncertaintyNs: 0,
      text: `${state.nameOf(site.entity)} logs an error never seen before, ${site.incident} times: ${quoted(logs.templates[site.template]?.text ?? '', 160)}.`,
      refs: site.examples.map((row) => rowRef('log', logs.rowId[row]!)),
      hint: hintOfMessage(logs.templates[site.template]?.example ?? '') ?? 'code_error',
    });
  }
  return items;
}
