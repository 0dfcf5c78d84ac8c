/** Rate, errors, duration, their distribution, and the resources that fill up: small charts over one time axis. */
import { useMemo } from 'react';
import type { EntityRef } from '../../../shared/model/entity.ts';
import { DistributionChart } from '../../charts/distribution-chart.tsx';
import { TimeChart } from '../../charts/time-chart.tsx';
import { useChangeMarks } from '../../charts/use-change-marks.ts';
import { useQuery } from '../../client/use-query.ts';
import { useLiveRange } from '../../stores/effective-range.ts';
import type { EffectiveRange } from '../../stores/effective-range.ts';
import { usePreferences } from '../../stores/preferences.ts';
import { clockText } from '../../stores/time-format.ts';
import { useWindowText } from '../../stores/value-window.ts';
import { setFilter } from '../../stores/view-state.ts';
import { LinkButton } from '../../ui/controls.tsx';
import type { MetricParts, MetricWindow } from './metric-parts.ts';
import { rankedMetricNames } from './ranked-metric-names.ts';
import { redLines } from './service-figures.ts';
import type { ServiceRed } from './service-figures.ts';
import { useEntityFindings } from './use-entity-findings.ts';
import { useEntityValues, valueOf } from './use-entity-values.ts';

const RESOURCE_CHARTS = 2;
/** Without calls there is room for more of them. */
const RESOURCE_CHARTS_ALONE = 9;
const MOST_METRICS = 500;

export function EntityCharts(properties: {
  readonly entity: EntityRef;
  readonly range: EffectiveRange;
  readonly red: ServiceRed;
  readonly baseline: MetricWindow | null;
  readonly isTable: boolean;
  readonly Panel: MetricParts['Panel'];
}) {
  const { entity, range, red, baseline, isTable, Panel } = properties;
  const zone = usePreferences((preferences) => preferences.zone);
  const live = useLiveRange() ?? range;
  const changes = useChangeMarks(range, entity);
  const lines = useMemo(() => redLines(red), [red]);
  const hasCalls = red.requestCounts.some((count) => count > 0);
  const metrics = useQuery('metric.search', { entity, limit: MOST_METRICS }).data;
  const findings = useEntityFindings(entity, range);
  const shown = useMemo(() => {
    const byName = new Map(metrics?.metrics.map((metric) => [metric.name, metric]));
    const subjects = new Set(findings.map(({ subject }) => subject));
    return rankedMetricNames([...byName.keys()], subjects)
      .slice(0, hasCalls ? RESOURCE_CHARTS : RESOURCE_CHARTS_ALONE)
      .flatMap((name) => byName.get(name) ?? []);
  }, [metrics, findings, hasCalls]);
  const values = useEntityValues();
  const own = valueOf(values, entity);
  const valuesText = useWindowText(values.window);
  const common = { from: live.from, to: live.to, buckets: red, changes, isTable };
  return (
    <>
      {(hasCalls || !metrics || shown.length > 0) && (
        <div className="services-charts">
          {hasCalls && (
            <>
              <TimeChart
                {...common}
                title="Rate"
                lines={lines.rate}
                band={lines.rateBand}
                unit="perSecond"
                overall={own?.requestsPerSecond}
              />
              <TimeChart
                {...common}
                title="Errors"
                lines={lines.errors}
                band={lines.errorBand}
                trouble="above"
                unit="ratio"
                overall={own?.errorRatio}
              />
              <TimeChart
                {...common}
                title="Duration"
                lines={lines.latency}
                band={lines.latencyBand}
                trouble="above"
                unit="ms"
                overall={own?.latencyP95Ms}
              />
              <DistributionChart title="Distribution" distribution={red.distribution} isTable={isTable} />
            </>
          )}
          {!metrics &&
            Array.from({ length: 2 }, (_, index) => (
              <div key={index} className="chart services-shape" aria-hidden="true" />
            ))}
          {shown.map(({ name, unit }) => (
            <Panel
              key={`${name} ${unit}`}
              name={name}
              unit={unit}
              entity={entity}
              range={range}
              baseline={baseline}
              compared={null}
              changes={changes}
              isTable={isTable}
            />
          ))}
        </div>
      )}
      {(hasCalls || shown.length > 0) && (
        <p className="services-note detail text-3">
          {!hasCalls
            ? baseline &&
              `Expected is what it showed from ${clockText(baseline.from, zone)} to ${clockText(baseline.to, zone)}.`
            : baseline
              ? `Rate, errors and p95 are of ${valuesText}, as in the graph. Expected is what it showed from ${clockText(baseline.from, zone)} to ${clockText(baseline.to, zone)}.`
              : red.baseline.text}
          {metrics && metrics.total > shown.length && (
            <>
              {' '}
              <LinkButton
                onClick={() => setFilter('servicesTab', 'metrics')}
              >{`All ${metrics.total} metrics`}</LinkButton>
            </>
          )}
        </p>
      )}
    </>
  );
}
