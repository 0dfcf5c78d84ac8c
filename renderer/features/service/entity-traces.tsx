/** The slowest and the failing traces through the entity; a row opens the waterfall. */
import type { EntityRef } from '../../../shared/model/entity.ts';
import { useQuery } from '../../client/use-query.ts';
import type { EffectiveRange } from '../../stores/effective-range.ts';
import { useNaming } from '../../stores/naming.ts';
import { usePreferences } from '../../stores/preferences.ts';
import { clockText, countText, durationText } from '../../stores/time-format.ts';
import { look } from '../../stores/view-state.ts';
import { LinkButton } from '../../ui/controls.tsx';

const SLOWEST = 3;
const FAILING = 2;

export function EntityTraces(properties: {
  readonly entity: EntityRef;
  readonly range: EffectiveRange;
  readonly onAll: () => void;
}) {
  const { entity, range } = properties;
  const naming = useNaming();
  const zone = usePreferences((preferences) => preferences.zone);
  const slowest = useQuery('trace.list', { ...range, entity, sort: 'duration', limit: SLOWEST }).data;
  const failing = useQuery('trace.list', {
    ...range,
    entity,
    onlyErrors: true,
    sort: 'time',
    limit: FAILING + SLOWEST,
  }).data;
  if (!slowest || slowest.total === 0) return null;
  const known = new Set(slowest.traces.map(({ traceId }) => traceId));
  const others = (failing?.traces ?? []).filter(({ traceId }) => !known.has(traceId)).slice(0, FAILING);
  const traces = [
    ...slowest.traces.map((trace) => ({ trace, why: 'slowest' })),
    ...others.map((trace) => ({ trace, why: 'failing' })),
  ];
  const longest = Math.max(1, ...traces.map(({ trace }) => trace.durationNs));
  return (
    <section className="services-part" aria-label="Traces">
      <header className="panel-header">
        <h2>Traces</h2>
        <span className="detail text-3">slowest and newest failing, of {countText(slowest.total)}</span>
        <span className="grow" />
        <LinkButton onClick={properties.onAll}>All its traces</LinkButton>
      </header>
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col">Trace</th>
            <th scope="col">Root</th>
            <th scope="col">Began</th>
            <th scope="col" className="number">
              duration
            </th>
            <th scope="col">
              <span className="visually-hidden">length</span>
            </th>
            <th scope="col" className="number">
              spans
            </th>
            <th scope="col" className="number">
              errors
            </th>
          </tr>
        </thead>
        <tbody>
          {traces.map(({ trace, why }) => (
            <tr key={trace.traceId}>
              <td>
                <LinkButton
                  onClick={() => look({ view: 'traces', selection: { kind: 'trace', traceId: trace.traceId } })}
                >
                  <code>
                    {trace.traceId.slice(0, 6)}…{trace.traceId.slice(-2)}
                  </code>
                </LinkButton>{' '}
                <span className="detail text-3">{why}</span>
              </td>
              <td dir="auto" className="services-root">
                {naming.text(trace.rootName.slice(0, 200))}
              </td>
              <td className="mono text-3">{clockText(trace.startTime, zone)}</td>
              <td className="number">{durationText(trace.durationNs)}</td>
              <td>
                <span className="services-length" aria-hidden="true">
                  <i style={{ width: `${(100 * trace.durationNs) / longest}%` }} />
                </span>
              </td>
              <td className="number">{countText(trace.spanCount)}</td>
              <td className={`number ${trace.errorCount > 0 ? 'fail' : 'text-3'}`}>{countText(trace.errorCount)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
