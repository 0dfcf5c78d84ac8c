/** Versions side by side while more than one serves: is it only the new one that fails? */
import { useMemo } from 'react';
import { useQuery } from '../../client/use-query.ts';
import { useNaming } from '../../stores/naming.ts';
import { countText, durationText, percentText } from '../../stores/time-format.ts';
import { trafficByVersion } from './instance-versions.ts';
import type { ServiceRed } from './service-figures.ts';

/** Shares further apart than this are worth a colour. */
const TELLING_DIFFERENCE = 0.05;
const LISTED = 4;

export function EntityVersions({ instances }: { readonly instances: ServiceRed['instances'] }) {
  const entities = useQuery('entity.list', {}).data?.entities;
  const naming = useNaming();
  const versions = useMemo(() => {
    const versionOf = new Map<string, string>();
    for (const { type, name, attributes } of entities ?? []) {
      const version = attributes['service.version'];
      if (type === 'instance' && typeof version === 'string') versionOf.set(name, version.slice(0, 100));
    }
    return trafficByVersion(instances, (name) => versionOf.get(name));
  }, [entities, instances]);
  if (versions.length === 0) return null;
  const least = Math.min(...versions.map(({ errorRatio }) => errorRatio));
  const total = versions.reduce((sum, { instanceCount }) => sum + instanceCount, 0);
  return (
    <section aria-label="Versions">
      <header className="panel-header">
        <h2>Versions</h2>
        <span className="detail text-3">newest first</span>
      </header>
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col">Version</th>
            <th scope="col" className="number">
              calls
            </th>
            <th scope="col" className="number">
              errors
            </th>
            <th scope="col" className="number">
              worst p95
            </th>
          </tr>
        </thead>
        <tbody>
          {versions.slice(0, LISTED).map(({ version, instanceCount, calls, errorRatio, worstP95Ms }) => (
            <tr key={version}>
              <td className="services-neighbour cut" dir="auto" title={naming.text(version)}>
                <b>{naming.text(version)}</b> <span className="text-3">{`${instanceCount} of ${total} instances`}</span>
              </td>
              <td className="number">{countText(calls)}</td>
              <td className={`number ${errorRatio - least > TELLING_DIFFERENCE ? 'fail' : ''}`}>
                {percentText(errorRatio)}
              </td>
              <td className="number">{durationText(worstP95Ms * 1e6)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
