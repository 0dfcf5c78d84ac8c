/** Says that the order is not the analysis' own but follows what people said, and shows that one on a click. */
import { announce } from '../../stores/announce.ts';
import { setFilter } from '../../stores/view-state.ts';
import { LinkButton } from '../../ui/controls.tsx';
import { RANKING_FILTER, type Causes } from './use-causes.ts';

export function RankingNote({ causes }: { readonly causes: Causes }) {
  const { isDecided, isOriginal, rejectedCount, struckCount } = causes;
  if (!isDecided) return null;
  const said = [
    rejectedCount > 0 ? `${rejectedCount} ${rejectedCount === 1 ? 'cause' : 'causes'} rejected` : '',
    struckCount > 0 ? `${struckCount} ${struckCount === 1 ? 'line' : 'lines'} of evidence struck out` : '',
  ].filter((text) => text !== '');
  const show = (which: '' | 'analysis'): void => {
    setFilter(RANKING_FILTER, which);
    announce(which === '' ? 'Ranked by what people said.' : 'The ranking of the analysis.');
  };
  return (
    <p className="causes-known" data-ranking={isOriginal ? 'analysis' : 'people'}>
      <span className="grow">
        {isOriginal
          ? `The ranking of the analysis. People then said: ${said.join(', ')}.`
          : `Ranked anew: ${said.join(', ')}.`}
      </span>
      <LinkButton onClick={() => show(isOriginal ? '' : 'analysis')}>
        {isOriginal ? 'Rank by what people said' : 'Show the ranking of the analysis'}
      </LinkButton>
    </p>
  );
}
