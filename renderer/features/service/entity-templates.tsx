/** What the entity said: templates ranked by how much they changed, how frequent, or errors only. */
import { useState } from 'react';
import type { EntityRef } from '../../../shared/model/entity.ts';
import { SparkBars } from '../../charts/spark-bars.tsx';
import { useQuery } from '../../client/use-query.ts';
import type { EffectiveRange } from '../../stores/effective-range.ts';
import { entityFilterText } from '../../stores/entity-filter-text.ts';
import { countText } from '../../stores/time-format.ts';
import { look, useViewStore } from '../../stores/view-state.ts';
import { LinkButton, Segmented } from '../../ui/controls.tsx';
import { LevelWord, TemplateText, TrendChip, levelLook } from '../../ui/log-parts.tsx';
import { rankedTemplates } from '../../ui/ranked-templates.ts';

const LISTED = 5;
const ASKED = 200;
type Order = 'changed' | 'frequent' | 'errors';

export function EntityTemplates(properties: {
  readonly entity: EntityRef;
  readonly range: EffectiveRange;
  readonly onAll: () => void;
}) {
  const { entity, range } = properties;
  const [order, setOrder] = useState<Order>('changed');
  const { data } = useQuery('log.templates', { filter: { entity }, ...range, limit: ASKED });
  if (!data || data.total === 0) return null;
  const asked = data.templates.filter(({ severityNumber }) => order !== 'errors' || severityNumber >= 17);
  const listed = (
    order === 'changed' ? rankedTemplates(asked) : asked.toSorted((left, right) => right.count - left.count)
  ).slice(0, LISTED);
  const open = (templateId: string): void => {
    const { filters } = useViewStore.getState();
    look({ view: 'logs', filters: { ...filters, logs: `${entityFilterText(entity)} template:${templateId}` } });
  };
  return (
    <section className="services-part" aria-label="Log templates">
      <header className="panel-header">
        <h2>Log templates</h2>
        <span className="detail text-3">
          {listed.length} of {countText(data.total)}
        </span>
        <Segmented
          label="Order"
          value={order}
          options={[
            { value: 'changed', label: 'Changed' },
            { value: 'frequent', label: 'Frequent' },
            { value: 'errors', label: 'Errors' },
          ]}
          onChange={setOrder}
        />
        <span className="grow" />
        <LinkButton onClick={properties.onAll}>All its rows</LinkButton>
      </header>
      <table className="data-table services-templates">
        <thead>
          <tr>
            <th scope="col">Change</th>
            <th scope="col">Level</th>
            <th scope="col">Template</th>
            <th scope="col">Course</th>
            <th scope="col" className="number">
              rows
            </th>
          </tr>
        </thead>
        <tbody>
          {listed.map((template) => (
            <tr key={template.templateId}>
              <td>
                <TrendChip trend={template.trend} severityNumber={template.severityNumber} />
              </td>
              <td>
                <LevelWord severityNumber={template.severityNumber} />
              </td>
              <td className="services-wide">
                <button type="button" className="services-plain" onClick={() => open(template.templateId)}>
                  <TemplateText template={template.text} />
                </button>
              </td>
              <td>
                <SparkBars
                  counts={template.bucketCounts}
                  width={120}
                  height={18}
                  look={levelLook(template.severityNumber)}
                />
              </td>
              <td className="number">{countText(template.count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
