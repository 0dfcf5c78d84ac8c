/** Two traces by operation: where the time of one goes that the other does not spend. Greatest difference first. */
import { useMemo } from 'react';
import { operationDifferences } from '../../charts/waterfall/aggregate-spans.ts';
import type { OperationDifference } from '../../charts/waterfall/aggregate-spans.ts';
import type { TraceModel } from '../../charts/waterfall/trace-model.ts';
import { useNaming } from '../../stores/naming.ts';
import { countText, durationText } from '../../stores/time-format.ts';
import { ErrorState, LoadingState } from '../../ui/states.tsx';
import { OperationName } from './operation-name.tsx';
import { useTrace } from './use-trace.ts';

const LISTED = 200;

export function TraceCompare(properties: {
  readonly model: TraceModel;
  readonly comparedId: string;
  readonly isTypical: boolean;
  readonly nameOf: (key: string) => string;
}) {
  const { model, comparedId } = properties;
  const other = useTrace(comparedId);
  const differences = useMemo(
    () => (other.model ? operationDifferences(model, other.model).slice(0, LISTED) : []),
    [model, other.model],
  );
  if (other.error) return <ErrorState title="The other trace could not be read." error={other.error} />;
  if (!other.model) return <LoadingState what="Reading the other trace." />;
  const greatest = Math.max(1, ...differences.map(({ deltaNs }) => Math.abs(deltaNs)));
  const deltaNs = model.totalNs - other.model.totalNs;
  return (
    <div className="panel-body" tabIndex={0} role="region" aria-label="Comparison by operation">
      <p className="traces-compared">
        This trace takes {durationText(model.totalNs)}, {properties.isTypical ? 'a typical one' : 'the other'}{' '}
        <code>{comparedId.slice(0, 12)}</code> {durationText(other.model.totalNs)}: {signed(deltaNs)}.
      </p>
      <table className="data-table traces-compare-table">
        <thead>
          <tr>
            <th scope="col">Operation</th>
            <th scope="col" className="number">
              this, self
            </th>
            <th scope="col" className="number">
              other, self
            </th>
            <th scope="col" className="number">
              spans
            </th>
            <th scope="col">difference</th>
            <th scope="col" className="number">
              <span className="visually-hidden">difference in figures</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {differences.map((difference) => (
            <DifferenceRow
              key={`${difference.entity} ${difference.name}`}
              difference={difference}
              greatest={greatest}
              nameOf={properties.nameOf}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function DifferenceRow(properties: {
  readonly difference: OperationDifference;
  readonly greatest: number;
  readonly nameOf: (key: string) => string;
}) {
  const { difference, greatest } = properties;
  const naming = useNaming();
  const { left, right, deltaNs } = difference;
  const share = Math.abs(deltaNs) / greatest;
  const name = naming.text(difference.name.slice(0, 300));
  return (
    <tr>
      <td>
        <span className="traces-operation">
          <OperationName
            name={name}
            entity={
              <b className="cut" dir="auto">
                {properties.nameOf(difference.entity)}
              </b>
            }
          />
          {!right && <span className="chip warn">only here</span>}
          {!left && <span className="chip outlined">only there</span>}
        </span>
      </td>
      <td className="number">{left ? durationText(left.selfNs) : '–'}</td>
      <td className="number">{right ? durationText(right.selfNs) : '–'}</td>
      <td className="number">
        {countText(left?.count ?? 0)} / {countText(right?.count ?? 0)}
      </td>
      <td>
        <span className="traces-delta" aria-hidden="true">
          <i className={deltaNs > 0 ? 'is-more' : 'is-less'} style={{ width: `${Math.max(1, share * 50)}%` }} />
        </span>
      </td>
      <td className={`number ${deltaNs > 0 && share > 0.2 ? 'fail' : ''}`}>{signed(deltaNs)}</td>
    </tr>
  );
}

function signed(ns: number): string {
  return ns > 0 ? `+${durationText(ns)}` : durationText(ns);
}
