/** The items of one stance. Each row opens the raw rows it rests on; what is missing ends with the command to fetch it. */
import type { JudgedEvidence, JudgedHypothesis } from '../../../shared/contract/note-schemas.ts';
import type { Evidence } from '../../../shared/model/analysis-result.ts';
import type { UnixNano } from '../../../shared/model/time.ts';
import { openRows } from '../../stores/opened-rows.ts';
import { useNaming } from '../../stores/naming.ts';
import { useWho } from '../../stores/who.ts';
import { LinkButton } from '../../ui/controls.tsx';
import { Icon } from '../../ui/icon.tsx';
import { collectionFor, CopyCommand } from './copy-command.tsx';
import { STANCE_ICONS } from './cause-row.tsx';
import { evidenceLines, rowsText } from '../../../shared/report/evidence-lines.ts';

const HEADINGS = { supports: 'Supports', contradicts: 'Contradicts', missing: 'Missing' } as const;
const NOTHING = {
  supports: 'Nothing in this case speaks for it.',
  contradicts: 'Nothing in this case speaks against it.',
  missing: 'No kind of evidence is missing for it.',
} as const;
const SIGNAL_WORDS = {
  trace: 'trace',
  metric: 'metric',
  log: 'log',
  alert: 'alert',
  event: 'event',
  change: 'change',
  topology: 'topology',
} as const;

export function EvidenceSection(properties: {
  readonly stance: Evidence['stance'];
  readonly items: readonly JudgedEvidence[];
  readonly cause: JudgedHypothesis;
  readonly window: { readonly from: UnixNano; readonly to: UnixNano };
  /** Strikes lines out or takes that back; null for who may not. */
  readonly onStrike: ((evidence: readonly JudgedEvidence[]) => void) | null;
}) {
  const { stance, items, cause, window, onStrike } = properties;
  const left = items.filter(({ strike }) => strike === null).length;
  const heaviest = Math.max(0, ...cause.evidence.map(({ weight }) => Math.abs(weight)));
  return (
    <section className="evidence" aria-label={HEADINGS[stance]}>
      <h3>
        <span className={`stance-box ${stance}`}>
          <Icon name={STANCE_ICONS[stance]} size={10} />
        </span>
        {HEADINGS[stance]} <span className="text-3">{left === items.length ? left : `${left} of ${items.length}`}</span>
        {items.length === 0 && <span className="detail text-3 evidence-none">{NOTHING[stance]}</span>}
        {stance === 'supports' && items.length > 0 && <span className="evidence-aside detail">weight</span>}
        {stance === 'contradicts' && items.length > 0 && onStrike && (
          <span className="evidence-aside detail">
            <LinkButton onClick={() => onStrike(items)}>
              {left > 0 ? (items.length > 1 ? 'Strike all out' : 'Strike out') : 'Count again'}
            </LinkButton>
          </span>
        )}
      </h3>
      <ul>
        {items.map((item, index) => (
          <EvidenceItem
            key={`${index} ${item.text}`}
            item={item}
            heaviest={heaviest}
            cause={cause}
            window={window}
            onStrike={onStrike && (() => onStrike([item]))}
          />
        ))}
      </ul>
    </section>
  );
}

function EvidenceItem({
  item,
  heaviest,
  cause,
  window,
  onStrike,
}: {
  readonly item: JudgedEvidence;
  /** Greatest weight of the cause: its bar is full. */
  readonly heaviest: number;
  readonly cause: JudgedHypothesis;
  readonly window: { readonly from: UnixNano; readonly to: UnixNano };
  readonly onStrike: (() => void) | null;
}) {
  const naming = useNaming();
  const who = useWho();
  const { fact, reason } = evidenceLines(naming.text(item.text));
  const content = (
    <>
      <span className={`evidence-kind signal-${item.signal}`} title={SIGNAL_WORDS[item.signal]}>
        <Icon name={item.signal} size={14} />
        <span className="visually-hidden">{SIGNAL_WORDS[item.signal]}: </span>
      </span>
      <span className="evidence-words">
        <span dir="auto">{fact}</span>
        {reason !== '' && (
          <span className="detail text-3" dir="auto">
            {reason}
          </span>
        )}
        {item.strike && <span className="detail evidence-struck">struck out by {who(item.strike.by)}</span>}
      </span>
    </>
  );
  if (item.stance === 'missing') {
    return (
      <li className="evidence-row">
        <div className="evidence-line">{content}</div>
        <CopyCommand recipe={collectionFor(item, naming.entity(cause.entity), window)} />
      </li>
    );
  }
  const rows = item.refs.length > 0 ? rowsText(item.refs, item.text) : '';
  return (
    <li className={`evidence-row ${item.strike ? 'is-struck' : ''}`} data-strikable={item.text}>
      {rows === '' ? (
        <div className="evidence-line">
          {content}
          <Weight weight={item.weight} heaviest={heaviest} rows="from the graph" />
        </div>
      ) : (
        <button
          type="button"
          className="evidence-line"
          data-walk="evidence"
          data-evidence={item.text}
          data-ref={item.refs[0]}
          onClick={(event) => (event.shiftKey && onStrike ? onStrike() : openRows(item.refs))}
        >
          {content}
          <Weight weight={item.weight} heaviest={heaviest} rows={rows} isLink />
        </button>
      )}
      {onStrike && <StrikeButton item={item} isStop={rows === ''} onStrike={onStrike} />}
    </li>
  );
}

/** A line that opens rows is struck out by its key; only where there is nothing to open the button is a stop of its own. */
function StrikeButton(properties: {
  readonly item: JudgedEvidence;
  readonly isStop: boolean;
  readonly onStrike: () => void;
}) {
  const { item, isStop, onStrike } = properties;
  const label = item.strike ? 'Count this evidence again (−)' : 'Strike this evidence out (−)';
  return (
    <button
      type="button"
      className="icon-button evidence-strike"
      aria-label={label}
      title={label}
      {...(isStop ? { 'data-walk': 'evidence' } : { tabIndex: -1 })}
      onClick={onStrike}
    >
      <Icon name={item.strike ? 'undo' : 'minus'} size={12} />
    </button>
  );
}

function Weight({
  weight,
  heaviest,
  rows,
  isLink = false,
}: {
  readonly weight: number;
  readonly heaviest: number;
  readonly rows: string;
  readonly isLink?: boolean;
}) {
  const percent = Math.round(Math.min(1, Math.abs(weight)) * 100);
  return (
    <span className="evidence-weight">
      <span className="evidence-bar" title={`${percent} % of its score`}>
        <i style={{ width: `${heaviest > 0 ? (100 * Math.abs(weight)) / heaviest : 0}%` }} />
        <span className="visually-hidden">weight {percent} %, </span>
      </span>
      <span className={isLink ? 'evidence-link' : 'text-3'}>{rows}</span>
    </span>
  );
}
