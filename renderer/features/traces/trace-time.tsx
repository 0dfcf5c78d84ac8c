/** Where the time of a trace goes: by what spans do, against a typical trace, and by operation. */
import { useMemo } from 'react';
import { activityTimes, busiestOperations } from '../../charts/waterfall/aggregate-spans.ts';
import type { ActivityTimes } from '../../charts/waterfall/aggregate-spans.ts';
import type { TraceModel } from '../../charts/waterfall/trace-model.ts';
import { entityOfKey } from '../../stores/entity-of-key.ts';
import { useNaming } from '../../stores/naming.ts';
import { countText, durationText } from '../../stores/time-format.ts';
import { useTrace } from './use-trace.ts';

const LISTED_OPERATIONS = 8;

export function TraceTime({ model, typicalId }: { readonly model: TraceModel; readonly typicalId: string | null }) {
  const typical = useTrace(typicalId).model;
  const longest = Math.max(model.totalNs, typical?.totalNs ?? 0, 1);
  return (
    <div className="traces-shares">
      <p className="detail text-3">Time on the critical path by what spans do.</p>
      <ShareBar label="this trace" times={activityTimes(model)} totalNs={model.totalNs} longestNs={longest} />
      {typical && (
        <ShareBar label="typical" times={activityTimes(typical)} totalNs={typical.totalNs} longestNs={longest} />
      )}
      <OperationShares model={model} />
    </div>
  );
}

/** What took the time by itself, its callees not counted. */
function OperationShares({ model }: { readonly model: TraceModel }) {
  const naming = useNaming();
  const operations = useMemo(() => busiestOperations(model, LISTED_OPERATIONS), [model]);
  const greatest = Math.max(1, operations[0]?.selfNs ?? 1);
  return (
    <>
      <p className="detail text-3 traces-shares-title">Self time by operation, all its spans together.</p>
      <ul>
        {operations.map(({ entity, name, selfNs, count, errorCount }) => {
          const ref = entityOfKey(entity);
          const shown = naming.text(name.slice(0, 300));
          return (
            <li key={`${entity} ${name}`.slice(0, 500)} className="traces-own">
              <span className="cut" title={shown} dir="auto">
                <b>{ref ? naming.entity(ref) : entity}</b> <span className="text-3">{shown}</span>
                {errorCount > 0 && <span className="fail">{` · ${countText(errorCount)} failed`}</span>}
              </span>
              <span className="mono text-3 traces-number">{countText(count)} ×</span>
              <span className="traces-share-bar" aria-hidden="true">
                <i className="is-working" style={{ width: `${(100 * selfNs) / greatest}%` }} />
              </span>
              <span className="mono traces-number">{durationText(selfNs)}</span>
            </li>
          );
        })}
      </ul>
    </>
  );
}

function ShareBar(properties: {
  readonly label: string;
  readonly times: ActivityTimes;
  readonly totalNs: number;
  readonly longestNs: number;
}) {
  const { times, totalNs, longestNs } = properties;
  const parts = [
    { name: 'waiting', ns: times.waitsNs, look: 'is-waiting' },
    { name: 'holding', ns: times.holdsNs, look: 'is-holding' },
    { name: 'working', ns: times.worksNs, look: 'is-working' },
  ].filter(({ ns }) => ns > 0);
  const sentence = parts.map(({ name, ns }) => `${name} ${durationText(ns)}`).join(', ');
  return (
    <div className="traces-share">
      <span>{properties.label}</span>
      <span className="traces-share-bar" role="img" aria-label={`${properties.label}: ${sentence}`} title={sentence}>
        {parts.map(({ name, ns, look: colour }) => (
          <i key={name} className={colour} style={{ width: `${(100 * ns) / longestNs}%` }} />
        ))}
      </span>
      <span className="mono traces-number">{durationText(totalNs)}</span>
    </div>
  );
}
