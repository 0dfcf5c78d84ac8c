/** An opened row: its attributes, its resource, where it was read from, its trace; each value can be looked for or left out. */
import type { AttributeValue } from '../../../shared/model/resource.ts';
import { useQuery } from '../../client/use-query.ts';
import { useNaming } from '../../stores/naming.ts';
import { look, setFilter } from '../../stores/view-state.ts';
import { IconButton, LinkButton } from '../../ui/controls.tsx';
import { CitedBy } from '../../ui/cited-by.tsx';
import { EntityName, SafeText } from '../../ui/entity-mark.tsx';
import { ErrorState, LoadingState } from '../../ui/states.tsx';
import { addLogPart } from './use-log-query.ts';

export const DETAIL_HEIGHT_PX = 190;

export function LogDetail({ rowId }: { readonly rowId: number }) {
  const { data, error } = useQuery('log.record', { rowId });
  if (error && !data) return <ErrorState title="This row could not be opened." error={error} />;
  if (!data || data.rowId !== rowId) return <LoadingState what="Reading the row." rows={3} />;
  return (
    <div className="logs-detail" tabIndex={0} role="region" aria-label="Row in full">
      <pre dir="auto">
        <SafeText>{data.body}</SafeText>
      </pre>
      <CitedBy row={`log:${rowId}`} />
      <dl>
        {data.traceId !== null && data.traceId !== '' && (
          <>
            <dt>trace</dt>
            <dd>
              <LinkButton onClick={() => setFilter('logsTrace', data.traceId ?? '')}>
                <code>{data.traceId}</code>
              </LinkButton>
              {' · '}
              <LinkButton onClick={() => openTrace(data.traceId ?? '')}>in Traces</LinkButton>
            </dd>
          </>
        )}
        {data.instance && (
          <>
            <dt>instance</dt>
            <dd className="cut">
              <EntityName entity={data.instance} />
            </dd>
          </>
        )}
        {Object.entries(data.attributes).map(([key, value]) => (
          <AttributeRow key={`a ${key}`} name={key} value={value} />
        ))}
        {Object.entries(data.resource).map(([key, value]) => (
          <AttributeRow key={`r ${key}`} name={key} value={value} />
        ))}
        <dt>source</dt>
        <dd className="cut">
          <code>
            <SafeText>{data.sourcePath}</SafeText>
          </code>
        </dd>
        {data.template !== '' && (
          <>
            <dt>template</dt>
            <dd>
              <LinkButton
                onClick={() =>
                  addLogPart({ kind: 'field', key: 'template', value: data.templateId, isExcluded: false })
                }
              >
                Only rows like this
              </LinkButton>
              {' · '}
              <LinkButton
                onClick={() => addLogPart({ kind: 'field', key: 'template', value: data.templateId, isExcluded: true })}
              >
                Leave them out
              </LinkButton>
            </dd>
          </>
        )}
      </dl>
    </div>
  );
}

function AttributeRow({ name, value }: { readonly name: string; readonly value: AttributeValue }) {
  const naming = useNaming();
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const shown = naming.text(text);
  const add = (isExcluded: boolean): void => addLogPart({ kind: 'field', key: name, value: text, isExcluded });
  return (
    <>
      <dt className="cut" dir="auto" title={name}>
        {name}
      </dt>
      <dd className="logs-value">
        <code className="cut" dir="auto" title={shown.slice(0, 4_000)}>
          {shown.slice(0, 4_000)}
        </code>
        {text.length <= 2_000 && (
          <>
            <IconButton icon="plus" size={12} label={`Only rows with this ${name}`} onClick={() => add(false)} />
            <IconButton icon="minus" size={12} label={`Leave out rows with this ${name}`} onClick={() => add(true)} />
          </>
        )}
      </dd>
    </>
  );
}

export function openTrace(traceId: string): void {
  look({ view: 'traces', selection: { kind: 'trace', traceId } });
}
