/** Templates of the rows that pass the filter: what is new, bursting, gone or steady, with its course and its count. */
import { useQuery } from '../../client/use-query.ts';
import { SparkBars } from '../../charts/spark-bars.tsx';
import type { EffectiveRange } from '../../stores/effective-range.ts';
import { countText } from '../../stores/time-format.ts';
import { LevelWord, TemplateText, TrendChip, levelLook } from '../../ui/log-parts.tsx';
import { ErrorState, LoadingState } from '../../ui/states.tsx';
import { IconButton } from '../../ui/controls.tsx';
import { useDrawnCount } from '../../ui/use-drawn-count.ts';
import type { LogFilter } from './log-filter.ts';
import type { LogQueryPart } from './log-query.ts';
import { rankedTemplates } from '../../ui/ranked-templates.ts';
import { addLogPart, removeLogPart } from './use-log-query.ts';

const LISTED_TEMPLATES = 200;

export function useLogTemplates(filter: LogFilter, range: EffectiveRange | null) {
  // The chosen templates stay listed among the others: only the rows are narrowed by them.
  const { templateIds: _, ...rest } = filter;
  return useQuery('log.templates', range && { filter: rest, ...range, limit: LISTED_TEMPLATES });
}

export function LogTemplatesPanel({ filter, range }: { readonly filter: LogFilter; readonly range: EffectiveRange }) {
  const { data, error } = useLogTemplates(filter, range);
  const { count, end } = useDrawnCount(data?.templates.length ?? 0);
  if (error && !data) return <ErrorState title="The templates could not be read." error={error} />;
  if (!data) return <LoadingState what="Reading templates." rows={5} />;
  const chosen = new Set(filter.templateIds ?? []);
  return (
    <div className="logs-templates" tabIndex={0} role="region" aria-label={`Log templates, ${data.total}`}>
      <table>
        <thead className="visually-hidden">
          <tr>
            <th scope="col">Level</th>
            <th scope="col">Template</th>
            <th scope="col">Change</th>
            <th scope="col">Course</th>
            <th scope="col">Rows</th>
            <th scope="col">Leave out</th>
          </tr>
        </thead>
        <tbody>
          {rankedTemplates(data.templates)
            .slice(0, count)
            .map((template) => {
              const part: LogQueryPart = {
                kind: 'field',
                key: 'template',
                value: template.templateId,
                isExcluded: false,
              };
              const isChosen = chosen.has(template.templateId);
              return (
                <tr key={template.templateId} aria-selected={isChosen} className={isChosen ? 'is-chosen' : ''}>
                  <td>
                    <LevelWord severityNumber={template.severityNumber} />
                  </td>
                  <td className="logs-template-text">
                    <button
                      type="button"
                      aria-pressed={isChosen}
                      onClick={() => (isChosen ? removeLogPart(part) : addLogPart(part))}
                    >
                      <TemplateText template={template.text} />
                    </button>
                  </td>
                  <td>
                    <TrendChip trend={template.trend} severityNumber={template.severityNumber} />
                  </td>
                  <td>
                    <SparkBars counts={template.bucketCounts} look={levelLook(template.severityNumber)} />
                  </td>
                  <td className="logs-number">{countText(template.count)}</td>
                  <td className="logs-out">
                    <IconButton
                      icon="minus"
                      size={12}
                      label="Leave out rows of this template"
                      onClick={() => addLogPart({ ...part, isExcluded: true })}
                    />
                  </td>
                </tr>
              );
            })}
        </tbody>
      </table>
      <div ref={end} />
    </div>
  );
}
