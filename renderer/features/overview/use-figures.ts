/** The figures of an incident's header. Each is there only where the case holds what it is counted from. */
import type { JudgedIncident } from '../../../shared/contract/note-schemas.ts';
import { useQuery } from '../../client/use-query.ts';
import type { QueryOutput } from '../../client/query-cache.ts';
import { usePreferences } from '../../stores/preferences.ts';
import type { Zone } from '../../stores/preferences.ts';
import { NOISE_DEFINITION, reductionText } from '../../stores/noise-text.ts';
import { clockText, countText, durationText, spanText } from '../../stores/time-format.ts';
import { reachOf } from './reach.ts';

const NO_GRAPH = { nodes: [], edges: [] };

export interface Figure {
  readonly label: string;
  readonly value: string;
  /** In grey behind the value; '' for none. */
  readonly more: string;
  readonly explanation: string;
}

/** Signs that all stand at one moment last no time: the moment is told instead. */
export function lengthFigure({ start, end }: Pick<JudgedIncident, 'start' | 'end'>, zone: Zone): Figure {
  if (start === end) {
    const explanation = 'All signs of this incident stand at this moment.';
    return { label: 'all signs at once', value: clockText(start, zone), more: '', explanation };
  }
  return {
    label: spanText(start, end, zone),
    value: durationText(Number(end - start)),
    more: '',
    explanation: 'From the first to the last sign of this incident.',
  };
}

export function useFigures(incident: JudgedIncident, list: QueryOutput<'incident.list'>): readonly Figure[] {
  const zone = usePreferences((preferences) => preferences.zone);
  const graph = useQuery('graph.get', {}).data;
  const traces = useQuery('trace.list', {
    from: incident.start,
    to: incident.end,
    onlyErrors: true,
    limit: 1,
  });
  const figures: Figure[] = [lengthFigure(incident, zone)];
  if (incident.entities.length > 0) {
    const { hitCount, atRiskCount } = reachOf(incident.entities, graph ?? NO_GRAPH);
    figures.push({
      label: 'entities hit',
      value: String(hitCount),
      more: atRiskCount > 0 ? `+ ${atRiskCount} at risk` : '',
      explanation: 'Hit: shows symptoms. At risk: calls a hit entity, or is a queue it feeds, and shows none yet.',
    });
  }
  const { alertsIn, incidentsOut, noiseReduction } = list.metrics;
  if (alertsIn > 1) {
    figures.push({
      label: incidentsOut === 1 ? 'alerts to incident' : 'alerts to incidents',
      value: `${countText(alertsIn)} → ${countText(incidentsOut)}`,
      more: noiseReduction > 0 ? `−${reductionText(noiseReduction)}` : '',
      explanation: `${NOISE_DEFINITION} ${incident.alerts.length} of the alerts are in this incident.`,
    });
  }
  if (traces.data && traces.data.total > 0) {
    figures.push({
      label: 'traces with errors',
      value: countText(traces.data.total),
      more: traces.data.isPartial ? 'so far' : '',
      explanation: 'Traces that were running during the incident and hold a span with status ERROR.',
    });
  }
  const change = incident.hypotheses[0]?.change;
  if (change && change.time <= incident.start) {
    figures.push({
      label: 'from change to first sign',
      value: durationText(Number(incident.start - change.time)),
      more: '',
      explanation: `From “${change.title}”, which the first cause names, to the first sign of the incident.`,
    });
  }
  return figures;
}
