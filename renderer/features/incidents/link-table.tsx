/** Why the parts are one incident: each link with its reason, strength and the terms that carry it. */
import { useMemo, useState } from 'react';
import type { CorrelationLink } from '../../../shared/model/analysis-result.ts';
import type { RowRef } from '../../../shared/model/ids.ts';
import { useQuery } from '../../client/use-query.ts';
import { useNaming } from '../../stores/naming.ts';
import { openRows } from '../../stores/opened-rows.ts';
import { LinkButton } from '../../ui/controls.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { useDecisionText, useGroupings } from './decision-list.tsx';
import { strongestFirst, termsText } from './link-words.ts';

const SHOWN = 100;
const STEP = 200;

export function LinkTable({
  links,
  incidentId,
}: {
  readonly links: readonly CorrelationLink[];
  readonly incidentId: string;
}) {
  const [count, setCount] = useState(SHOWN);
  const sorted = useMemo(() => strongestFirst(links), [links]);
  const shown = sorted.slice(0, count);
  const parts = useParts(shown, incidentId);
  const groupings = useGroupings();
  const decisionText = useDecisionText();
  const reasonOf = ({ reason, decision }: CorrelationLink): string => {
    const grouping = groupings.get(decision ?? 0);
    return grouping ? decisionText(grouping) : reason;
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
          {shown.map((link, index) => (
            <tr key={`${link.from} ${link.to} ${index}`}>
              <Part id={link.from} known={parts.get(link.from)} />
              <Part id={link.to} known={parts.get(link.to)} />
              <td title={reasonOf(link)}>{reasonOf(link)}</td>
              <td className="text-3" title="Each term of the strength, 0 to 1">
                {termsText(link.terms)}
              </td>
              <td className="number">{link.strength.toFixed(2)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {sorted.length > count && (
        <p className="link-more">
          <LinkButton onClick={() => setCount(count + STEP)}>{sorted.length - count} weaker ones</LinkButton>
        </p>
      )}
    </div>
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
