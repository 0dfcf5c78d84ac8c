/** What this case cannot show, and what that does to the answer. Beside the answer, in the same size. */
import type { BlindSpot } from '../../../shared/model/analysis-result.ts';
import { useNaming } from '../../stores/naming.ts';
import { Icon } from '../../ui/icon.tsx';

export function BlindSpots({ spots }: { readonly spots: readonly BlindSpot[] }) {
  const naming = useNaming();
  if (spots.length === 0) return null;
  return (
    <section className="blind-spots" aria-label="Blind spots">
      <h2>
        <Icon name="unknown" size={14} /> {spots.length === 1 ? 'One blind spot' : `${spots.length} blind spots`}
      </h2>
      <ul>
        {spots.map(({ kind, text, effect }, index) => (
          <li key={`${kind} ${index}`}>
            <span dir="auto">{naming.text(text)}</span>
            <span className="detail text-3" dir="auto">
              {naming.text(effect)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
