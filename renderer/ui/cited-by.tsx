/** Under an opened row: the causes that cite it, each a door to its evidence. Nothing where none does. */
import { readable } from '../../shared/report/evidence-lines.ts';
import { openCitation, useCitations } from '../stores/citations.ts';
import { useNaming } from '../stores/naming.ts';
import { LinkButton } from './controls.tsx';
import { SafeText } from './entity-mark.tsx';
import { Icon } from './icon.tsx';
import './cited-by.css';

const MOST_LISTED = 3;

export function CitedBy({ row }: { readonly row: string }) {
  const citations = useCitations(row);
  const naming = useNaming();
  if (citations.length === 0) return null;
  return (
    <ul className="cited-by" aria-label="Cited by">
      {citations.slice(0, MOST_LISTED).map((citation) => (
        <li key={citation.rank}>
          <span className={`stance-box ${citation.stance}`}>
            <Icon name={citation.stance === 'supports' ? 'plus' : 'minus'} size={12} />
          </span>
          <span>
            {citation.stance === 'supports' ? 'Cited by' : 'Held against'} cause {citation.rank}:{' '}
            <SafeText>{readable(naming.text(citation.text))}</SafeText>{' '}
            <LinkButton onClick={() => openCitation(citation)}>open evidence</LinkButton>
          </span>
        </li>
      ))}
    </ul>
  );
}
