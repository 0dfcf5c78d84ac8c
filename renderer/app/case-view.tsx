/**
 * The Case view: what happened, why, how do we know. Header over graph, lanes and causes; composed here because features
 * do not know each other. Under 1280 px the causes are a tab beside the graph; at 200 % zoom everything is one column.
 */
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useQuery } from '../client/use-query.ts';
import { CausesPanel } from '../features/hypotheses/causes-panel.tsx';
import { IncidentHeader } from '../features/overview/incident-header.tsx';
import { NoAnalysis } from '../features/overview/no-analysis.tsx';
import { NoIncident } from '../features/overview/no-incident.tsx';
import { PartialBanner } from '../features/overview/partial-banner.tsx';
import { RowsDrawer } from '../features/rows/rows-drawer.tsx';
import { TimelinePanel } from '../features/timeline/timeline-panel.tsx';
import { useIncidentId } from '../stores/effective-range.ts';
import { SplitPane } from '../ui/split-pane.tsx';
import { LoadingState } from '../ui/states.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { useMedia } from '../ui/use-media.ts';
import { CaseGraph } from '../features/graph/case-graph.tsx';
import './case-view.css';

/** Of the reference width: 900 of 1,388 px; of the height under the header: 424 of 724. */
const LEFT_SHARE = 900 / 1388;
const GRAPH_SHARE = 0.585;

export function CaseView() {
  const list = useQuery('incident.list', {});
  const incidentId = useIncidentId();
  const incident = useQuery('incident.get', incidentId === null ? null : { incidentId });
  if (list.error && !list.data) return <NoAnalysis error={list.error} />;
  if (!list.data) return <LoadingState what="Reading the incidents." />;
  const isCalm = list.data.incidents.length === 0;
  return (
    <div className="case-view">
      <PartialBanner />
      {incident.data && !isCalm && <IncidentHeader incident={incident.data} list={list.data} />}
      {isCalm ? <CalmCase answer={<NoIncident list={list.data} />} /> : <CaseBody />}
    </div>
  );
}

/** Without an incident the answer stands where the graph would; what was read can still be looked through. */
function CalmCase({ answer }: { readonly answer: ReactNode }) {
  return (
    <div className="case-body">
      <SplitPane
        name="case.calm"
        label="Answer and timeline"
        direction="rows"
        initialShare={0.55}
        first={<div className="case-pane panel">{answer}</div>}
        second={
          <div className="case-pane">
            <TimelinePanel />
          </div>
        }
      />
      <RowsDrawer />
    </div>
  );
}

function CaseBody() {
  const isColumn = useMedia('(width < 900px)');
  const isNarrow = useMedia('(width < 1280px)');
  if (isColumn) return <CaseColumn />;
  if (isNarrow) return <CaseWithTabs />;
  return (
    <div className="case-body">
      <SplitPane
        name="case.columns"
        label="Graph with timeline, and causes"
        direction="columns"
        initialShare={LEFT_SHARE}
        first={
          <div className="case-left">
            <GraphOverTimeline graph={<CaseGraph />} />
            <RowsDrawer />
          </div>
        }
        second={<CausesPanel />}
      />
    </div>
  );
}

function CaseWithTabs() {
  const [tab, setTab] = useState<'graph' | 'causes'>('graph');
  return (
    <div className="case-body case-left">
      <GraphOverTimeline
        graph={
          <div className="case-pane">
            <Tabs
              label="Graph or causes"
              current={tab}
              onChange={setTab}
              tabs={[
                { name: 'graph', label: 'Graph' },
                { name: 'causes', label: 'Possible causes' },
              ]}
            >
              {tab === 'graph' ? <CaseGraph /> : <CausesPanel />}
            </Tabs>
          </div>
        }
      />
      <RowsDrawer />
    </div>
  );
}

function CaseColumn() {
  return (
    <div className="case-column" tabIndex={-1}>
      <div className="case-column-graph">
        <CaseGraph />
      </div>
      <CausesPanel />
      <TimelinePanel />
      <RowsDrawer />
    </div>
  );
}

function GraphOverTimeline({ graph }: { readonly graph: ReactNode }) {
  return (
    <SplitPane
      name="case.rows"
      label="Graph and timeline"
      direction="rows"
      initialShare={GRAPH_SHARE}
      first={graph}
      second={
        <div className="case-pane">
          <TimelinePanel />
        </div>
      }
    />
  );
}
