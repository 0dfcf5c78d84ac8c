/** Beside the charts: findings, alerts, callers and callees, instances, operations, blind spots. */
import { useState } from 'react';
import type { EntityRef } from '../../../shared/model/entity.ts';
import { entityKey } from '../../../shared/model/entity.ts';
import { useQuery } from '../../client/use-query.ts';
import type { EffectiveRange } from '../../stores/effective-range.ts';
import { useNaming } from '../../stores/naming.ts';
import { openRows } from '../../stores/opened-rows.ts';
import { usePreferences } from '../../stores/preferences.ts';
import {
  clockText,
  countText,
  durationText,
  percentText,
  rateText,
  shortNumber,
  spanText,
} from '../../stores/time-format.ts';
import { look, useViewStore } from '../../stores/view-state.ts';
import { EntityMark, EntityName } from '../../ui/entity-mark.tsx';
import type { Health } from '../../ui/entity-mark.tsx';
import { Icon } from '../../ui/icon.tsx';
import { LinkButton } from '../../ui/controls.tsx';
import { EntityAlerts } from './entity-alerts.tsx';
import { openEntity } from './entity-table.tsx';
import { EntityVersions } from './entity-versions.tsx';
import { errorLook } from './entity-rows.ts';
import { foldedFindings } from './folded-findings.ts';
import type { ServiceRed } from './service-figures.ts';
import { useEntityFindings } from './use-entity-findings.ts';
import { useEntityValues } from './use-entity-values.ts';

const LISTED_FINDINGS = 5;
const LISTED_PARTS = 8;
/** Findings this sure are drawn as critical; the rest as warnings. */
const SURE_SCORE = 0.8;

export function EntityAside({
  entity,
  red,
  range,
  hasAlerts,
}: {
  readonly entity: EntityRef;
  readonly red: ServiceRed | undefined;
  readonly range: EffectiveRange;
  /** False where they stand in the wide column, for want of charts of calls. */
  readonly hasAlerts: boolean;
}) {
  return (
    <aside className="services-aside" tabIndex={0} aria-label="Findings and neighbours">
      <Findings entity={entity} range={range} />
      {hasAlerts && <EntityAlerts entity={entity} range={range} />}
      {red && <EntityVersions instances={red.instances} />}
      {red && <Neighbours red={red} range={range} />}
      {red && <Parts title="Instances" parts={red.instances} />}
      {red && (
        <Parts
          title="Operations"
          parts={red.operations}
          onOpen={(operation) => {
            const { filters } = useViewStore.getState();
            look({
              view: 'traces',
              filters: { ...filters, tracesEntity: `${entity.type}:${entity.name}`, tracesOperation: operation },
            });
          }}
        />
      )}
      <BlindSpots />
    </aside>
  );
}

function Findings({ entity, range }: { readonly entity: EntityRef; readonly range: EffectiveRange }) {
  const findings = useEntityFindings(entity, range);
  const selection = useViewStore((store) => store.selection);
  const zone = usePreferences((preferences) => preferences.zone);
  const naming = useNaming();
  const [isWhole, setWhole] = useState(false);
  const folded = foldedFindings(findings);
  return (
    <section aria-label="Findings">
      <header className="panel-header">
        <h2>Findings</h2>
        <span className="detail text-3">{findings.length}</span>
      </header>
      {findings.length === 0 && <p className="services-none">Nothing unusual was found about it in this range.</p>}
      <ul className="services-findings">
        {folded.slice(0, isWhole ? folded.length : LISTED_FINDINGS).map(({ finding, alikeCount, refs }) => {
          const isSure = finding.score >= SURE_SCORE;
          const isChosen = selection?.kind === 'finding' && selection.id === finding.id;
          return (
            <li key={finding.id}>
              <button
                type="button"
                className={isChosen ? 'is-chosen' : ''}
                aria-pressed={isChosen}
                onClick={() => {
                  look({ selection: { kind: 'finding', id: finding.id } });
                  openRows(refs);
                }}
              >
                <Icon name={isSure ? 'critical' : 'warning'} size={15} className={isSure ? 'mark-fail' : 'mark-warn'} />
                <span className="grow">
                  <span className="strong services-claim" dir="auto" title={naming.text(finding.text)}>
                    {naming.text(finding.text).replaceAll('<*>', '‹…›')}
                  </span>
                  <span className="detail text-3">
                    {finding.detector} · effect {shortNumber(Math.abs(finding.effectSize))} σ
                    {alikeCount > 0 && ` · ${alikeCount} more like it`}
                  </span>
                </span>
                <span className="detail text-3">{clockText(finding.start, zone)}</span>
              </button>
            </li>
          );
        })}
      </ul>
      {folded.length > LISTED_FINDINGS && (
        <p className="services-rest">
          <LinkButton onClick={() => setWhole(!isWhole)}>
            {isWhole ? 'Only the strongest' : `${folded.length - LISTED_FINDINGS} more kinds of finding`}
          </LinkButton>
        </p>
      )}
    </section>
  );
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

function Neighbours({ red, range }: { readonly red: ServiceRed; readonly range: EffectiveRange }) {
  const { nodes } = useEntityValues();
  const zone = usePreferences((preferences) => preferences.zone);
  const health = new Map(nodes?.map((node) => [entityKey(node.entity), node.health as Health]));
  const seconds = Number(range.to - range.from) / 1e9;
  const rows = [
    ...red.callers.slice(0, LISTED_PARTS).map((peer) => ({ peer, role: 'caller' })),
    ...red.callees.slice(0, LISTED_PARTS).map((peer) => ({ peer, role: 'callee' })),
  ];
  if (rows.length === 0) return null;
  return (
    <section aria-label="Neighbours">
      <header className="panel-header">
        <h2>Neighbours</h2>
        <span className="detail text-3">
          {counted(red.callers.length, 'caller')}, {counted(red.callees.length, 'callee')} ·{' '}
          {spanText(range.from, range.to, zone, 'minute')}
        </span>
      </header>
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">role</span>
            </th>
            <th scope="col">Neighbour</th>
            <th scope="col" className="number">
              calls/s
            </th>
            <th scope="col" className="number">
              errors
            </th>
            <th scope="col" className="number">
              p95
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ peer, role }) => {
            const state = health.get(entityKey(peer.entity)) ?? 'unknown';
            return (
              <tr key={`${role} ${entityKey(peer.entity)}`}>
                <td className="text-3">{role}</td>
                <td className="services-neighbour">
                  <button type="button" className="services-plain" onClick={() => openEntity(peer.entity)}>
                    <EntityMark type={peer.entity.type} health={state} /> <EntityName entity={peer.entity} />
                  </button>
                </td>
                <td className="number">{rateText(peer.calls / seconds)}</td>
                <td className={`number ${errorLook({ health: state, errorRatio: peer.errorRatio })}`}>
                  {percentText(peer.errorRatio)}
                </td>
                <td className="number">{durationText(peer.latencyP95Ms * 1e6)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

function Parts(properties: {
  readonly title: string;
  readonly parts: ServiceRed['operations'];
  readonly onOpen?: (name: string) => void;
}) {
  const { title, parts, onOpen } = properties;
  const naming = useNaming();
  if (parts.length === 0) return null;
  return (
    <section aria-label={title}>
      <header className="panel-header">
        <h2>{title}</h2>
        <span className="detail text-3">
          {parts.length > LISTED_PARTS ? `${LISTED_PARTS} of ${parts.length}` : parts.length}
        </span>
      </header>
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col">{title.replace(/s$/, '')}</th>
            <th scope="col" className="number">
              calls
            </th>
            <th scope="col" className="number">
              errors
            </th>
            <th scope="col" className="number">
              p95
            </th>
          </tr>
        </thead>
        <tbody>
          {parts.slice(0, LISTED_PARTS).map((part) => {
            const name = naming.text(part.name.slice(0, 300));
            return (
              <tr key={part.name.slice(0, 500)}>
                <td className="services-neighbour" dir="auto" title={name}>
                  {onOpen ? (
                    <button type="button" className="services-plain" onClick={() => onOpen(part.name)}>
                      {name}
                    </button>
                  ) : (
                    name
                  )}
                </td>
                <td className="number">{countText(part.calls)}</td>
                <td className={`number ${part.errorRatio > 0.05 ? 'fail' : ''}`}>{percentText(part.errorRatio)}</td>
                <td className="number">{durationText(part.latencyP95Ms * 1e6)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

function BlindSpots() {
  const spots = useQuery('incident.list', {}).data?.blindSpots ?? [];
  const naming = useNaming();
  if (spots.length === 0) return null;
  return (
    <section aria-label="Blind spots">
      <header className="panel-header">
        <h2>Blind spots</h2>
        <span className="detail text-3">{spots.length}</span>
      </header>
      <ul className="services-findings">
        {spots.map((spot) => (
          <li key={`${spot.kind} ${spot.text}`} className="services-spot">
            <Icon name="unknown" size={15} className="mark-note" />
            <span className="grow">
              <span className="strong" dir="auto">
                {naming.text(spot.text)}
              </span>
              <span className="detail text-3" dir="auto">
                {naming.text(spot.effect)}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
