/** Four figures over a trace, compared with typical. */
import { useMemo } from 'react';
import { activityTimes, busiestOperations } from '../../charts/waterfall/aggregate-spans.ts';
import { textAt } from '../../charts/waterfall/span-table.ts';
import { firstCauseOfErrors } from '../../charts/waterfall/trace-model.ts';
import type { TraceModel } from '../../charts/waterfall/trace-model.ts';
import { countText, durationText, percentText } from '../../stores/time-format.ts';

/** More than this many times typical is slow. */
const SLOW_FACTOR = 2;
/** Less waiting than this share of the trace is not what it is slow from. */
const TELLING_SHARE = 0.01;

export function TraceFigures(properties: {
  readonly model: TraceModel;
  readonly typicalNs: number | null;
  readonly foldedCount: number;
  readonly nameOf: (key: string) => string;
}) {
  const { model, typicalNs } = properties;
  const { waitsNs } = useMemo(() => activityTimes(model), [model]);
  const busiest = useMemo(() => busiestOperations(model, 1)[0], [model]);
  const isSlow = typicalNs !== null && model.totalNs > typicalNs * SLOW_FACTOR;
  const firstError = useMemo(() => firstCauseOfErrors(model), [model]);
  const folded = properties.foldedCount > 0 ? `, ${countText(properties.foldedCount)} folded` : '';
  return (
    <dl className="traces-figures">
      <Figure
        look={isSlow ? 'fail' : ''}
        value={durationText(model.totalNs)}
        about={typicalNs === null ? 'from first begin to last end' : `typical ${durationText(typicalNs)}`}
      />
      {waitsNs < model.totalNs * TELLING_SHARE ? (
        <Figure
          value={durationText(busiest?.selfNs ?? 0)}
          about={`self time in ${properties.nameOf(busiest?.entity ?? '')}`}
        />
      ) : (
        <Figure
          look={waitsNs > model.totalNs / 2 ? 'fail' : ''}
          value={durationText(waitsNs)}
          about={`${percentText(waitsNs / Math.max(1, model.totalNs))} waiting`}
        />
      )}
      <Figure
        value={`${countText(model.table.count)} ${model.table.count === 1 ? 'span' : 'spans'}`}
        about={`${countText(model.entityCount)} ${model.entityCount === 1 ? 'entity' : 'entities'}${folded}`}
      />
      <Figure
        look={model.errorCount > 0 ? 'fail' : ''}
        value={`${countText(model.errorCount)} ${model.errorCount === 1 ? 'error' : 'errors'}`}
        about={firstError < 0 ? 'none' : `first in ${properties.nameOf(textAt(model.table, 'entity', firstError))}`}
      />
    </dl>
  );
}

function Figure({
  value,
  about,
  look = '',
}: {
  readonly value: string;
  readonly about: string;
  readonly look?: string;
}) {
  return (
    <div>
      <dt className="cut" title={about}>
        {about}
      </dt>
      <dd className={look}>{value}</dd>
    </div>
  );
}
