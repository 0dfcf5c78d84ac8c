/** The chosen span: attributes, events, links, its log rows; beside it where the time of the trace goes. */
import { useMemo, useState } from 'react';
import type { Attributes } from '../../../shared/model/resource.ts';
import type { TraceModel } from '../../charts/waterfall/trace-model.ts';
import { isOnPath } from '../../charts/waterfall/trace-model.ts';
import { useQuery } from '../../client/use-query.ts';
import { useNaming } from '../../stores/naming.ts';
import { usePreferences } from '../../stores/preferences.ts';
import { clockText, durationText } from '../../stores/time-format.ts';
import { look, selectEntity } from '../../stores/view-state.ts';
import { LinkButton } from '../../ui/controls.tsx';
import { EntityName, SafeText } from '../../ui/entity-mark.tsx';
import { LevelWord } from '../../ui/log-parts.tsx';
import { ErrorState, LoadingState } from '../../ui/states.tsx';
import { CitedBy } from '../../ui/cited-by.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { TraceTime } from './trace-time.tsx';
import type { LogChunk } from './use-trace.ts';

const KINDS = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'];
const STATUSES = ['unset', 'ok', 'error'];
const LISTED_LOGS = 500;
type TabName = 'span' | 'logs' | 'time';

export function SpanPane(properties: {
  readonly model: TraceModel;
  readonly span: number;
  readonly logs: readonly LogChunk[];
  readonly typicalId: string | null;
}) {
  const { model, logs } = properties;
  const [tab, setTab] = useState<TabName>('span');
  const logCount = logs.reduce((sum, chunk) => sum + chunk.rowCount, 0);
  return (
    <div className="traces-span">
      <Tabs
        label="About the span"
        current={tab}
        onChange={setTab}
        tabs={[
          { name: 'span', label: 'Span' },
          { name: 'logs', label: `Log rows ${logCount}` },
          { name: 'time', label: 'Where the time goes' },
        ]}
      >
        {tab === 'span' && <SpanFacts model={model} span={properties.span} />}
        {tab === 'logs' && <TraceLogs logs={logs} />}
        {tab === 'time' && <TraceTime model={model} typicalId={properties.typicalId} />}
      </Tabs>
    </div>
  );
}

function SpanFacts({ model, span }: { readonly model: TraceModel; readonly span: number }) {
  const rowId = model.table.rowId[span] ?? 0;
  const { data, error } = useQuery('span.get', rowId > 0 ? { rowId } : null);
  const naming = useNaming();
  const zone = usePreferences((preferences) => preferences.zone);
  if (error && !data) return <ErrorState title="This span could not be opened." error={error} />;
  if (!data) return <LoadingState what="Reading the span." rows={4} />;
  const entity = data.entity;
  return (
    <>
      <CitedBy row={`span:${rowId}`} />
      <dl className="traces-facts">
        <Fact name="span">{naming.text(data.name.slice(0, 2_000))}</Fact>
        <Fact name="self time">{durationText(model.selfNs[span]!)}</Fact>
        <dt>entity</dt>
        <dd>
          {entity ? (
            <LinkButton
              onClick={() => {
                selectEntity(entity);
                look({ view: 'services' }, { isContinued: true });
              }}
            >
              <EntityName entity={entity} />
            </LinkButton>
          ) : (
            'unknown'
          )}
        </dd>
        <Fact name="duration">{durationText(data.durationNs)}</Fact>
        <Fact name="kind">{KINDS[data.spanKind] ?? String(data.spanKind)}</Fact>
        <Fact name="status" look={data.status === 2 ? 'fail' : ''}>
          {[STATUSES[data.status] ?? String(data.status), naming.text(data.statusMessage.slice(0, 2_000))]
            .filter((text) => text !== '')
            .join(', ')}
        </Fact>
        <Fact name="began">{clockText(data.startTime, zone, 'millisecond')}</Fact>
        <Fact name="critical path">{isOnPath(model, span) ? 'on it' : 'not on it'}</Fact>
        <AttributeFacts attributes={data.attributes} />
        <AttributeFacts attributes={data.resource} />
        <AttributeFacts attributes={data.extra} />
        <Fact name="source">{naming.text(data.sourcePath)}</Fact>
      </dl>
      {data.events.length > 0 && <h3>Events</h3>}
      {data.events.map((event, index) => (
        <div key={index} className="traces-event">
          <span className="mono text-3">{event.time === null ? '' : clockText(event.time, zone, 'millisecond')}</span>{' '}
          <b>
            <SafeText>{event.name.slice(0, 500)}</SafeText>
          </b>
          <dl className="traces-facts">
            <AttributeFacts attributes={event.attributes} />
          </dl>
        </div>
      ))}
      {data.links.length > 0 && <h3>Links</h3>}
      {data.links.map((link, index) => (
        <div key={index}>
          <LinkButton onClick={() => look({ selection: { kind: 'trace', traceId: link.traceId } })}>
            <code>{link.traceId}</code>
          </LinkButton>
        </div>
      ))}
    </>
  );
}

function AttributeFacts({ attributes }: { readonly attributes: Attributes }) {
  const naming = useNaming();
  return Object.entries(attributes).map(([key, value]) => (
    <Fact key={key} name={key}>
      {naming.text((typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 4_000))}
    </Fact>
  ));
}

function Fact({
  name,
  children,
  look: colour = '',
}: {
  readonly name: string;
  readonly children: string;
  readonly look?: string;
}) {
  return (
    <>
      <dt className="cut" dir="auto" title={name.slice(0, 500)}>
        {name.slice(0, 200)}
      </dt>
      <dd className={`cut ${colour}`} dir="auto" title={children}>
        <code>{children}</code>
      </dd>
    </>
  );
}

function TraceLogs({ logs }: { readonly logs: readonly LogChunk[] }) {
  const zone = usePreferences((preferences) => preferences.zone);
  const naming = useNaming();
  const rows = useMemo(
    () =>
      logs
        .flatMap((chunk) => Array.from({ length: chunk.rowCount }, (_, offset) => ({ chunk, offset })))
        .slice(0, LISTED_LOGS),
    [logs],
  );
  if (rows.length === 0) return <p className="text-2 traces-none">No log row carries this trace id.</p>;
  return (
    <ul className="traces-logs">
      {rows.map(({ chunk, offset }) => (
        <li key={chunk.rowId[offset]}>
          <button
            type="button"
            onClick={() => look({ view: 'logs', selection: { kind: 'row', ref: `log:${chunk.rowId[offset]}` } })}
          >
            <span className="mono text-3">{clockText(chunk.timeUnixNano[offset]!, zone, 'millisecond')}</span>
            <LevelWord severityNumber={chunk.severityNumber[offset]!} />
            <code className="cut" dir="auto">
              {naming.text((chunk.strings[chunk.body[offset]!] ?? '').slice(0, 500))}
            </code>
          </button>
        </li>
      ))}
    </ul>
  );
}
