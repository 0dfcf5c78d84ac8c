/** How much reading the grouping saves, with the definition of every figure beside it. */
import type { QueryOutput } from '../../client/query-cache.ts';
import { NOISE_DEFINITION, reductionText } from '../../stores/noise-text.ts';
import { countText } from '../../stores/time-format.ts';

export function NoiseFigures({ list }: { readonly list: QueryOutput<'incident.list'> }) {
  const { alertsIn, incidentsOut, noiseReduction } = list.metrics;
  const grouped = list.incidents.reduce((sum, { alertCount }) => sum + alertCount, 0);
  const figures = [
    { value: countText(alertsIn), label: 'alerts read' },
    { value: countText(incidentsOut), label: incidentsOut === 1 ? 'incident' : 'incidents' },
    { value: countText(grouped), label: 'alerts in incidents' },
    { value: countText(Math.max(0, alertsIn - grouped)), label: 'set aside' },
    ...(alertsIn > 0 ? [{ value: reductionText(noiseReduction), label: 'noise reduction' }] : []),
  ];
  return (
    <div className="noise">
      <dl>
        {figures.map(({ value, label }) => (
          <div key={label}>
            <dd>{value}</dd>
            <dt className="detail text-3">{label}</dt>
          </div>
        ))}
      </dl>
      <p className="detail text-3">
        {NOISE_DEFINITION} Set aside: recurs on ordinary days or stands alone, belongs to no incident.
      </p>
    </div>
  );
}
