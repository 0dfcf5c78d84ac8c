/** Who it is and how it is: mark, name, one line of state, rank as a possible cause, ways on. */
import type { EntityRef } from '../../../shared/model/entity.ts';
import { entityKey } from '../../../shared/model/entity.ts';
import { useQuery } from '../../client/use-query.ts';
import { useIncidentId } from '../../stores/effective-range.ts';
import type { EffectiveRange } from '../../stores/effective-range.ts';
import { useNaming } from '../../stores/naming.ts';
import { usePreferences } from '../../stores/preferences.ts';
import { clockText } from '../../stores/time-format.ts';
import { look, setFilter } from '../../stores/view-state.ts';
import { Button, Chip, Segmented } from '../../ui/controls.tsx';
import { EntityMark, EntityName, HEALTH_WORDS } from '../../ui/entity-mark.tsx';
import { useEntityFindings } from './use-entity-findings.ts';
import { useEntityValues, valueOf } from './use-entity-values.ts';

export function EntityHeader(properties: {
  readonly entity: EntityRef;
  readonly range: EffectiveRange;
  readonly isMetrics: boolean;
  readonly onList: () => void;
}) {
  const { entity, range } = properties;
  const key = entityKey(entity);
  const naming = useNaming();
  const zone = usePreferences((preferences) => preferences.zone);
  const node = valueOf(useEntityValues(), entity);
  const known = useQuery('entity.list', {}).data?.entities.find((one) => entityKey(one) === key);
  const incidentId = useIncidentId();
  const incident = useQuery('incident.get', incidentId === null ? null : { incidentId }).data;
  const cause = incident?.hypotheses.find((one) => entityKey(one.entity) === key);
  const findings = useEntityFindings(entity, range);
  const health = node?.health ?? 'unknown';
  const start = findings.reduce<bigint | null>(
    (least, { start: at }) => (least === null || at < least ? at : least),
    null,
  );
  const end = findings.reduce<bigint | null>((most, { end: at }) => (most === null || at > most ? at : most), null);
  const aliases = (known?.aliases ?? []).slice(0, 3).map((alias) => naming.text(alias));
  return (
    <header className="services-header">
      <EntityMark type={entity.type} health={health} size={44} />
      <div className="services-title">
        <h1>
          <EntityName entity={entity} />
        </h1>
        <p className="detail text-3 cut" dir="auto">
          {entity.type}
          {aliases.length > 0 && ` · also known as ${aliases.join(', ')}`}
          {known && !known.isInstrumented && ' · seen only through others'}
        </p>
      </div>
      {(health === 'failing' || health === 'degraded') && (
        <Chip look={health === 'failing' ? 'fail' : 'warn'} icon={health === 'failing' ? 'critical' : 'warning'}>
          {HEALTH_WORDS[health]}
          {start !== null && end !== null ? ` ${clockText(start, zone)} – ${clockText(end, zone)}` : ''}
        </Chip>
      )}
      <span className="grow" />
      {cause && (
        <div className="services-rank">
          <b>
            #{cause.rank}{' '}
            <span className="text-3">{cause.confidence < 0.005 ? '< 0.01' : cause.confidence.toFixed(2)}</span>
          </b>
          <span className="detail text-3">{likelihoodWord(cause.confidence)} cause</span>
        </div>
      )}
      <Segmented
        label="What is shown"
        value={properties.isMetrics ? 'metrics' : 'overview'}
        options={[
          { value: 'overview', label: 'Overview' },
          { value: 'metrics', label: 'Metrics' },
        ]}
        onChange={(tab) => setFilter('servicesTab', tab === 'metrics' ? 'metrics' : '')}
      />
      <Button isSmall onClick={properties.onList} shortcut="L">
        All
      </Button>
      <Button icon="case" shortcut="G" onClick={() => look({ view: 'case', selection: { kind: 'entity', entity } })}>
        Show in graph
      </Button>
    </header>
  );
}

/** The words of shares everywhere: likely from 0.6, unlikely below 0.15. */
function likelihoodWord(confidence: number): string {
  return confidence >= 0.6 ? 'likely' : confidence >= 0.15 ? 'possible' : 'unlikely';
}
