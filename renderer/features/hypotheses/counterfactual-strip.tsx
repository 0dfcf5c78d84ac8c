/** If this were the cause: one tick per symptom, hollow where it would stay unexplained, and those by name. */
import type { Hypothesis } from '../../../shared/model/analysis-result.ts';
import { entityKey } from '../../../shared/model/entity.ts';
import { useNaming } from '../../stores/naming.ts';

const MOST_TICKS = 80;
const NAMED = 3;

export function CounterfactualStrip({ cause }: { readonly cause: Pick<Hypothesis, 'explains' | 'unexplained'> }) {
  const naming = useNaming();
  const { explains, unexplained } = cause;
  const total = explains.length + unexplained.length;
  if (total === 0) {
    return (
      <div className="cause-strip">
        <span className="strong">If this were the cause</span>
        <span className="text-2">no symptom has a place among the calls, so none can be ticked off</span>
      </div>
    );
  }
  const names = unexplained.map((entity) => naming.entity(entity));
  const more = names.length - NAMED;
  const ticks = [
    ...explains.map((entity) => ({ entity, isExplained: true })),
    ...unexplained.map((entity) => ({ entity, isExplained: false })),
  ].slice(0, MOST_TICKS);
  return (
    <div className="cause-strip">
      <span className="strong">If this were the cause</span>
      <span className="text-2">
        {explains.length} of {total} {total === 1 ? 'symptom' : 'symptoms'} explained
      </span>
      <span className="cause-strip-left text-3 cut" title={names.join(', ')}>
        {names.length > 0 && (
          <>
            left: <bdi>{names.slice(0, NAMED).join(', ')}</bdi>
            {more > 0 ? ` and ${more} more` : ''}
          </>
        )}
      </span>
      <span className="cause-ticks" aria-hidden="true">
        {ticks.map(({ entity, isExplained }) => (
          <i
            key={entityKey(entity)}
            className={isExplained ? 'on' : ''}
            title={`${naming.entity(entity)}: ${isExplained ? 'explained' : 'left unexplained'}`}
          />
        ))}
      </span>
    </div>
  );
}
