/** One metric of one entity or of all: a small chart with baseline band, compared with another window on request. */
import { useMemo } from 'react';
import type { UnixNano } from '../../../shared/model/time.ts';
import type { EntityRef } from '../../../shared/model/entity.ts';
import { bandOf } from '../../charts/anomaly-ribbon.ts';
import type { ChangeMark } from '../../charts/draw-axes.ts';
import type { Line } from '../../charts/draw-time-series.ts';
import { TimeChart } from '../../charts/time-chart.tsx';
import { useQuery } from '../../client/use-query.ts';
import { useLiveRange } from '../../stores/effective-range.ts';
import type { EffectiveRange } from '../../stores/effective-range.ts';
import { useNaming } from '../../stores/naming.ts';
import { usePreferences } from '../../stores/preferences.ts';
import { clockText } from '../../stores/time-format.ts';
import { lineUnit, metricLines, troubleSide } from './metric-values.ts';

const BUCKETS = 120;
const MOST_SERIES = 100;

export interface MetricWindow {
  readonly from: bigint;
  readonly to: bigint;
}

export function MetricPanel(properties: {
  readonly name: string;
  readonly unit: string;
  readonly entity: EntityRef | null;
  readonly range: EffectiveRange;
  /** What is usual is taken from here; null = no band. */
  readonly baseline: MetricWindow | null;
  /** Laid over the range, as long as it is. */
  readonly compared: MetricWindow | null;
  readonly changes: readonly ChangeMark[];
  readonly isTable: boolean;
  readonly height?: number;
}) {
  const { name, unit, entity, range, baseline, compared } = properties;
  const naming = useNaming();
  const zone = usePreferences((preferences) => preferences.zone);
  const live = useLiveRange() ?? range;
  const list = useQuery('metric.list', { name, ...(entity && { entity }), limit: MOST_SERIES }).data;
  const seriesIds = list?.series.map(({ rowId }) => rowId) ?? [];
  const asked = (window: MetricWindow | null, bucketCount: number) =>
    window && seriesIds.length > 0
      ? { seriesIds, from: window.from as UnixNano, to: window.to as UnixNano, bucketCount }
      : null;
  const now = useQuery('metric.buckets', asked(range, BUCKETS));
  const usual = useQuery('metric.buckets', asked(baseline, BUCKETS)).data;
  const other = useQuery('metric.buckets', asked(compared, BUCKETS)).data;
  const shown = useMemo(() => {
    if (!now.data) return null;
    const { highest, mean, isRate } = metricLines(now.data);
    const lines: Line[] = [{ name: mean ? 'highest' : '', values: highest, look: 'ink', isSampled: true }];
    if (mean) lines.push({ name: 'mean', values: mean, look: 'second', isSampled: true });
    if (other && compared)
      lines.push({
        name: `from ${clockText(compared.from, zone, 'minute')}`,
        values: metricLines(other).highest,
        look: 'compared',
        isSampled: true,
      });
    return { lines, isRate };
  }, [now.data, other, compared, zone]);
  const band = useMemo(() => (usual && baseline ? bandOf(metricLines(usual).highest) : null), [usual, baseline]);
  const title = naming.text(name);
  if (now.error && !now.data) {
    return (
      <section className="chart" aria-label={title}>
        <div className="chart-title">
          <h3 className="cut">{title}</h3>
        </div>
        <p className="chart-empty">{naming.text(now.error.message)}</p>
      </section>
    );
  }
  if (!now.data || !shown) return <section className="chart metrics-shape" aria-label={title} aria-busy="true" />;
  return (
    <TimeChart
      title={title}
      from={live.from}
      to={live.to}
      buckets={now.data}
      lines={shown.lines}
      band={band}
      unit={lineUnit(unit, shown.isRate)}
      trouble={shown.isRate ? 'both' : troubleSide(name, unit)}
      changes={properties.changes}
      note={seriesIds.length > 1 ? `${seriesIds.length} series` : ''}
      isTable={properties.isTable}
      height={properties.height ?? 136}
    />
  );
}
