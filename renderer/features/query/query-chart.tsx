/** A result as a chart: lines over its time column, else bars of its first text and number. */
import { bucketStart } from '../../charts/bucket-series.ts';
import { TimeChart } from '../../charts/time-chart.tsx';
import { plainText } from '../../charts/value-format.ts';
import { useNaming } from '../../stores/naming.ts';
import { EmptyState, LoadingState } from '../../ui/states.tsx';
import type { ResultPicture } from './result-chart.ts';

export function QueryChart({
  picture,
  isRunning,
}: {
  readonly picture: ResultPicture | null;
  readonly isRunning: boolean;
}) {
  const naming = useNaming();
  if (isRunning) return <LoadingState what="The chart is drawn when all rows are here." />;
  if (!picture) {
    return (
      <EmptyState title="These columns make no chart.">
        A chart needs a number, and a time or a text to set it against.
      </EmptyState>
    );
  }
  if (picture.kind === 'time') {
    const { buckets } = picture;
    return (
      <div className="query-chart">
        <TimeChart
          title={`${picture.lines.map(({ name }) => name).join(', ')} by ${picture.timeColumn}`}
          from={buckets.startTime}
          to={bucketStart(buckets, buckets.bucketCount)}
          buckets={buckets}
          lines={picture.lines}
          unit=""
          height={260}
        />
      </div>
    );
  }
  const greatest = Math.max(Number.EPSILON, ...picture.bars.map(({ value }) => Math.abs(value)));
  return (
    <div
      className="query-chart"
      tabIndex={0}
      role="region"
      aria-label={`${picture.valueColumn} by ${picture.labelColumn}`}
    >
      <table className="query-bars">
        <tbody>
          {picture.bars.map(({ label, value }, index) => (
            <tr key={index}>
              <th scope="row" className="cut" dir="auto" title={naming.text(label.slice(0, 500))}>
                {naming.text(label.slice(0, 200))}
              </th>
              <td>
                <span aria-hidden="true" style={{ width: `${(100 * Math.abs(value)) / greatest}%` }} />
              </td>
              <td className="mono">{plainText(value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
