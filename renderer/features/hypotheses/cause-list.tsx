/** The ranked causes of one incident. Shares and "something this case does not show" add up to 1. */
import { useState } from 'react';
import { entityKey } from '../../../shared/model/entity.ts';
import { useNaming } from '../../stores/naming.ts';
import { LinkButton } from '../../ui/controls.tsx';
import { CauseRow } from './cause-row.tsx';
import { listedCount, shareText } from './shares.ts';
import { chooseCause, useHealth, useRankMoves } from './use-causes.ts';
import type { Causes, ListedCause } from './use-causes.ts';

export function CauseList({ causes, chosen }: { readonly causes: Causes; readonly chosen: ListedCause | null }) {
  const naming = useNaming();
  const healthOf = useHealth();
  const moveOf = useRankMoves(causes);
  const [isWhole, setWhole] = useState(false);
  const { listed, unseen, incident } = causes;
  const ranked = listed.filter(({ isOut }) => !isOut);
  const count = isWhole ? listed.length : listedCount(ranked.map(({ hundredths }) => hundredths));
  // What was rejected stays in sight, so that it can be taken back.
  const shown = listed.filter(({ key, isOut }, index) => index < count || isOut || key === chosen?.key);
  const folded = listed.filter((entry) => !shown.includes(entry));
  const foldedShare = folded.reduce((sum, { hundredths }) => sum + hundredths, 0);
  return (
    <ol className="cause-list" aria-label={`Possible causes of ${naming.text(incident.title)}, most likely first`}>
      {shown.map((entry) => (
        <CauseRow
          key={entry.key}
          cause={entry.cause}
          rank={entry.isOut ? null : listed.indexOf(entry) + 1}
          hundredths={entry.hundredths}
          health={healthOf(entityKey(entry.cause.entity))}
          move={entry.isOut ? '' : moveOf(entry.key)}
          isSelected={entry.key === chosen?.key}
          onSelect={() => chooseCause(entry, incident.id)}
        />
      ))}
      {(folded.length > 0 || isWhole) && (
        <li className="cause-rest">
          <span className="cause-rank">{isWhole ? '' : '+'}</span>
          <LinkButton onClick={() => setWhole(!isWhole)}>
            {isWhole ? 'Show the first ones only' : `${folded.length} more, each less likely`}
          </LinkButton>
          {!isWhole && <span className="cause-rest-share">{shareText(foldedShare)}</span>}
        </li>
      )}
      <li className="cause-rest">
        <span className="cause-rank">–</span>
        <span className="text-2">Something this case does not show</span>
        <span className="cause-rest-share">{shareText(unseen)}</span>
      </li>
    </ol>
  );
}
