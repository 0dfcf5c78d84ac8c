/** Two causes side by side: what each explains alone, what speaks for and against each. Differences stand first. */
import { useActions } from '../../stores/actions.ts';
import { useNaming } from '../../stores/naming.ts';
import { openRows } from '../../stores/opened-rows.ts';
import { setFilter } from '../../stores/view-state.ts';
import { Button } from '../../ui/controls.tsx';
import { EntityMark, EntityName } from '../../ui/entity-mark.tsx';
import { entityKey } from '../../../shared/model/entity.ts';
import { Icon } from '../../ui/icon.tsx';
import { differenceOf } from './difference.ts';
import type { Side } from './difference.ts';
import { evidenceLines, readable, rowsText } from '../../../shared/report/evidence-lines.ts';
import { faultWords } from './fault-words.ts';
import { ShareMeter } from './share-meter.tsx';
import { useHealth } from './use-causes.ts';
import type { Causes, ListedCause } from './use-causes.ts';

export function CompareCauses(properties: {
  readonly causes: Causes;
  readonly left: ListedCause;
  readonly right: ListedCause;
}) {
  const { causes, left, right } = properties;
  const stop = (): void => setFilter('compare', '');
  useActions([
    { id: 'cause.stop-comparing', title: 'Stop comparing', group: 'Possible causes', keys: ['Escape', '='], run: stop },
  ]);
  const difference = differenceOf(left.cause, right.cause);
  return (
    <div className="cause-compare" role="region" aria-label="Two causes compared">
      <div className="cause-compare-head">
        <span className="strong">Side by side</span>
        <label className="detail text-3">
          against <RivalChoice causes={causes} left={left} right={right} />
        </label>
        <Button isSmall shortcut="Esc" onClick={stop}>
          Done
        </Button>
      </div>
      <div className="cause-compare-columns">
        {(
          [
            [left, difference.left],
            [right, difference.right],
          ] as const
        ).map(([entry, side], index) => (
          <CompareColumn key={index} entry={entry} rank={causes.listed.indexOf(entry) + 1} side={side} />
        ))}
      </div>
      <p className="detail text-2 cause-compare-both">
        {difference.shared.length === 0
          ? 'No symptom is explained by both.'
          : `${difference.shared.length} ${difference.shared.length === 1 ? 'symptom is' : 'symptoms are'} explained by both, so ${difference.shared.length === 1 ? 'it does' : 'they do'} not decide.`}
      </p>
    </div>
  );
}

function RivalChoice({
  causes,
  left,
  right,
}: {
  readonly causes: Causes;
  readonly left: ListedCause;
  readonly right: ListedCause;
}) {
  const naming = useNaming();
  return (
    <select className="field" value={right.key} onChange={(event) => setFilter('compare', event.target.value)}>
      {causes.listed
        .filter(({ key }) => key !== left.key)
        .map(({ key, cause }) => (
          <option key={key} value={key}>
            {`${causes.listed.findIndex((entry) => entry.key === key) + 1} ${naming.entity(cause.entity)}: ${naming.text(faultWords(cause))}`}
          </option>
        ))}
    </select>
  );
}

function CompareColumn(properties: { readonly entry: ListedCause; readonly rank: number; readonly side: Side }) {
  const { entry, rank, side } = properties;
  const healthOf = useHealth();
  const naming = useNaming();
  const { cause } = entry;
  return (
    <section aria-label={`Cause ${rank}`}>
      <header>
        <span className="cause-rank">{rank}</span>
        <EntityMark type={cause.entity.type} health={healthOf(entityKey(cause.entity))} size={26} />
        <span className="cause-words">
          <b>
            <EntityName entity={cause.entity} />
          </b>
          <span className="detail text-2">{naming.text(faultWords(cause))}</span>
        </span>
      </header>
      <ShareMeter hundredths={entry.hundredths} />
      <p dir="auto">{readable(naming.text(cause.summary))}</p>
      <h3>Explains alone {side.explainsAlone.length}</h3>
      <p className="text-2">
        {side.explainsAlone.length === 0 ? (
          'nothing that the other does not explain'
        ) : (
          <bdi>{side.explainsAlone.map((entity) => naming.entity(entity)).join(', ')}</bdi>
        )}
      </p>
      {(['supports', 'contradicts', 'missing'] as const).map((stance) => (
        <div key={stance}>
          <h3>
            <span className={`stance-box ${stance}`}>
              <Icon name={stance === 'supports' ? 'plus' : stance === 'contradicts' ? 'minus' : 'question'} size={10} />
            </span>
            {stance === 'supports' ? 'Supports' : stance === 'contradicts' ? 'Contradicts' : 'Missing'}{' '}
            {side[stance].length}
          </h3>
          <ul>
            {side[stance].map(({ text, refs }, index) => (
              <li key={index}>
                {refs.length === 0 ? (
                  <span dir="auto">{evidenceLines(naming.text(text)).fact}</span>
                ) : (
                  <button
                    type="button"
                    className="cause-compare-item"
                    data-walk="evidence"
                    onClick={() => openRows(refs)}
                  >
                    <span dir="auto">{evidenceLines(naming.text(text)).fact}</span>{' '}
                    <span className="evidence-link">{rowsText(refs, text)}</span>
                  </button>
                )}
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}
