/** One possible cause in the list: who, what in five words, how the evidence stands, what it explains, its share. */
import type { JudgedEvidence, JudgedHypothesis } from '../../../shared/contract/note-schemas.ts';
import { shownName } from '../../graph/draw/frame.ts';
import { hoverEntity } from '../../stores/hover-time.ts';
import { entityKey } from '../../../shared/model/entity.ts';
import { EntityMark, HEALTH_WORDS } from '../../ui/entity-mark.tsx';
import type { Health } from '../../ui/entity-mark.tsx';
import { Icon } from '../../ui/icon.tsx';
import { byStance } from '../../../shared/report/evidence-lines.ts';
import { faultWords } from './fault-words.ts';
import { ShareMeter } from './share-meter.tsx';
import { useNaming } from '../../stores/naming.ts';
import { useWho } from '../../stores/who.ts';

/** Longer names are cut in the middle, as in the graph: what went wrong is not what gives way. */
const LONGEST_NAME = 30;

export function CauseRow(properties: {
  readonly cause: JudgedHypothesis;
  /** null = rejected, and therefore without one. */
  readonly rank: number | null;
  readonly hundredths: number;
  readonly health: Health;
  /** `↑2` or ''. */
  readonly move: string;
  readonly isSelected: boolean;
  readonly onSelect: () => void;
}) {
  const { cause, move, isSelected, rank } = properties;
  const naming = useNaming();
  const who = useWho();
  const strikersOf = (struck: readonly JudgedEvidence[]): string =>
    [...new Set(struck.map(({ strike }) => who(strike?.by ?? '')))].join(', ');
  const symptoms = cause.explains.length + cause.unexplained.length;
  const stances = (['supports', 'contradicts', 'missing'] as const).map((stance) => ({
    stance,
    count: byStance(cause.evidence, stance).filter(({ strike }) => strike === null).length,
  }));
  const struck = cause.evidence.filter(({ strike }) => strike !== null);
  return (
    <li className="cause-row" data-verdict={cause.judgement?.verdict}>
      <button
        type="button"
        data-walk="cause"
        aria-current={isSelected ? 'true' : undefined}
        onClick={properties.onSelect}
        onFocus={() => hoverEntity(entityKey(cause.entity))}
        onBlur={() => hoverEntity(null)}
        onPointerEnter={() => hoverEntity(entityKey(cause.entity))}
        onPointerLeave={() => hoverEntity(null)}
      >
        <span className="cause-rank">
          {rank ?? '–'}
          {move !== '' && <span className="cause-move">{move}</span>}
        </span>
        <EntityMark type={cause.entity.type} health={properties.health} size={26} />
        <span className="cause-words">
          <span className="cause-what" title={`${naming.entity(cause.entity)}: ${faultWords(cause)}`}>
            <b>
              <bdi>{shownName(naming.entity(cause.entity), LONGEST_NAME)}</bdi>
            </b>
            <span className="visually-hidden"> ({HEALTH_WORDS[properties.health]})</span>{' '}
            <span className="text-2">{naming.text(faultWords(cause))}</span>
          </span>
          <span className="cause-counts detail text-3">
            {stances.map(({ stance, count }) => (
              <span key={stance} className={`stance-count ${stance}`}>
                <Icon name={STANCE_ICONS[stance]} size={10} />
                <span aria-hidden="true">{count}</span>
                <span className="visually-hidden">
                  {count} {STANCE_WORDS[stance]},
                </span>
              </span>
            ))}
            {rank !== null && struck.length > 0 && (
              <span className="cause-verdict" title={`${struck.length} struck out by ${strikersOf(struck)}`}>
                <Icon name="minus" size={10} />
                {struck.length} struck out
              </span>
            )}
            {cause.judgement && (
              <span className="cause-verdict cut">
                <Icon name={cause.judgement.verdict === 'confirmed' ? 'check' : 'close'} size={10} />
                {cause.judgement.verdict} by {who(cause.judgement.by)}
              </span>
            )}
            {rank !== null && symptoms > 0 && (
              <span>
                explains {cause.explains.length} of {symptoms}
              </span>
            )}
          </span>
        </span>
        <ShareMeter hundredths={properties.hundredths} />
      </button>
    </li>
  );
}

export const STANCE_ICONS = { supports: 'plus', contradicts: 'minus', missing: 'question' } as const;
export const STANCE_WORDS = { supports: 'supporting', contradicts: 'contradicting', missing: 'missing' } as const;
