/**
 * Why the parts are one incident, short first: the links between places with reason, strength and terms, the weakest
 * first; then each place in one line, with what stands there on demand.
 */
import { useMemo, useState } from 'react';
import type { CorrelationLink } from '../../../shared/model/analysis-result.ts';
import type { RowRef } from '../../../shared/model/ids.ts';
import { useQuery } from '../../client/use-query.ts';
import { useNaming } from '../../stores/naming.ts';
import { openRows } from '../../stores/opened-rows.ts';
import { LinkButton } from '../../ui/controls.tsx';
import { Icon } from '../../ui/icon.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { useDecisionText, useGroupings } from './decision-list.tsx';
import { groupLinks, linkSummary, placeReason, termsText } from './link-words.ts';
import type { PlaceLinks } from './link-words.ts';

/** Of links between places, at once; a person judges a few, not hundreds. */
const SHOWN = 20;
const STEP = 200;

export function LinkTable({
  links,
  incidentId,
}: {
  readonly links: readonly CorrelationLink[];
  readonly incidentId: string;
}) {
  const [count, setCount] = useState(SHOWN);
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const groups = useMemo(() => groupLinks(links), [links]);
  const between = groups.between.slice(0, count);
  const parts = useParts(
    [...between, ...groups.places.flatMap(({ lead, links: own }) => (opened.has(lead) ? own : own.slice(0, 1)))],
    incidentId,
  );
  const toggle = (lead: string): void => {
    const next = new Set(opened);
    if (!next.delete(lead)) next.add(lead);
    setOpened(next);
  };
  if (links.length === 0) {
    return (
      <EmptyState title="One sign only.">
        Nothing had to be linked: the incident consists of a single signal.
      </EmptyState>
    );
  }
  return (
    <div className="link-table" tabIndex={0} role="region" aria-label="Links between the parts">
      <p className="link-summary text-2">{linkSummary(groups)}</p>
      <table className="data-table link-columns">
        <thead>
          <tr>
            <th scope="col">part</th>
            <th scope="col">is linked with</th>
            <th scope="col">because</th>
            <th scope="col">terms</th>
            <th scope="col" className="number">
              strength
            </th>
          </tr>
        </thead>
        <tbody>
          {between.map((link, index) => (
            <LinkRow key={`${link.from} ${link.to} ${index}`} link={link} parts={parts} />
          ))}
          {groups.between.length > count && (
            <tr>
              <td colSpan={5}>
                <LinkButton onClick={() => setCount(count + STEP)}>
                  {`${groups.between.length - count} stronger ones`}
                </LinkButton>
              </td>
            </tr>
          )}
          {groups.places.map((place) => (
            <PlaceRows
              key={place.lead}
              place={place}
              parts={parts}
              isOpen={opened.has(place.lead)}
              onToggle={() => toggle(place.lead)}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

type Parts = ReadonlyMap<string, KnownPart>;

/** What stands at one place: one row, and the others on demand. */
function PlaceRows(properties: {
  readonly place: PlaceLinks;
  readonly parts: Parts;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}) {
  const { place, parts, isOpen, onToggle } = properties;
  const [only] = place.links;
  if (place.links.length === 1 && only) return <LinkRow link={only} parts={parts} />;
  return (
    <>
      <tr>
        <Part id={place.lead} known={parts.get(place.lead)} />
        <td>
          <button type="button" className="link-fold" aria-expanded={isOpen} onClick={onToggle}>
            <Icon name={isOpen ? 'down' : 'forward'} size={14} />
            {place.links.length} more
          </button>
        </td>
        <td>{placeReason(place)}</td>
        <td />
        <td />
      </tr>
      {isOpen && place.links.map((link) => <LinkRow key={link.to} link={link} parts={parts} isMember />)}
    </>
  );
}

function LinkRow({
  link,
  parts,
  isMember = false,
}: {
  readonly link: CorrelationLink;
  readonly parts: Parts;
  /** Its first part stands in the row above. */
  readonly isMember?: boolean;
}) {
  const groupings = useGroupings();
  const decisionText = useDecisionText();
  const grouping = groupings.get(link.decision ?? 0);
  const reason = grouping ? decisionText(grouping) : link.reason;
  return (
    <tr>
      {isMember ? <td /> : <Part id={link.from} known={parts.get(link.from)} />}
      <Part id={link.to} known={parts.get(link.to)} />
      <td title={reason}>{reason}</td>
      <td className="text-3" title="Each term of the strength, 0 to 1">
        {termsText(link.terms)}
      </td>
      <td className="number">{link.strength.toFixed(2)}</td>
    </tr>
  );
}

interface KnownPart {
  readonly text: string;
  readonly refs: readonly RowRef[];
}

function Part({ id, known }: { readonly id: string; readonly known: KnownPart | undefined }) {
  const naming = useNaming();
  const words = naming.text(known?.text ?? id);
  const refs = known?.refs ?? [];
  return (
    <td dir="auto" title={words}>
      {refs.length > 0 ? <LinkButton onClick={() => openRows(refs)}>{words}</LinkButton> : words}
    </td>
  );
}

function isRow(id: string): id is RowRef {
  return /^alert:\d+$/.test(id);
}

/** What the shown links speak of: alerts with their place, findings with their sentence, and the rows behind each. */
function useParts(links: readonly CorrelationLink[], incidentId: string): ReadonlyMap<string, KnownPart> {
  const refs = [...new Set(links.flatMap(({ from, to }) => [from, to]))].filter(isRow);
  const alerts = useQuery('row.get', refs.length === 0 ? null : { refs }).data;
  const findings = useQuery('finding.list', { incidentId }).data?.findings;
  return useMemo(() => {
    const parts = new Map<string, KnownPart>();
    for (const { ref, fields } of alerts?.rows ?? []) {
      const name = fields.find((field) => field.name === 'name')?.value;
      const entities = fields.find((field) => field.name === 'entities')?.value;
      const place = typeof entities === 'string' ? (entities.split(', ')[0] ?? '').replace(/^\w+:/, '') : '';
      const text = typeof name === 'string' ? name : ref;
      parts.set(ref, { text: place === '' ? text : `${text} · ${place}`, refs: [ref] });
    }
    for (const { id, text, refs: rows } of findings ?? []) parts.set(id, { text, refs: rows });
    return parts;
  }, [alerts, findings]);
}
