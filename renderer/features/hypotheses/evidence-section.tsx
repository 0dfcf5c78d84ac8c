/** The items of one stance. Each row opens the raw rows it rests on; what is missing ends with the command to fetch it. */
import type { Evidence, Hypothesis } from '../../../shared/model/analysis-result.ts';
import type { UnixNano } from '../../../shared/model/time.ts';
import { openRows } from '../../stores/opened-rows.ts';
import { useNaming } from '../../stores/naming.ts';
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
  readonly items: readonly Evidence[];
  readonly cause: Hypothesis;
  readonly window: { readonly from: UnixNano; readonly to: UnixNano };
}) {
  const { stance, items, cause, window } = properties;
  const heaviest = Math.max(0, ...cause.evidence.map(({ weight }) => Math.abs(weight)));
  return (
    <section className="evidence" aria-label={HEADINGS[stance]}>
      <h3>
        <span className={`stance-box ${stance}`}>
          <Icon name={STANCE_ICONS[stance]} size={10} />
        </span>
        {HEADINGS[stance]} <span className="text-3">{items.length}</span>
        {items.length === 0 && <span className="detail text-3 evidence-none">{NOTHING[stance]}</span>}
        {stance === 'supports' && items.length > 0 && <span className="evidence-aside detail">weight</span>}
      </h3>
      <ul>
        {items.map((item, index) => (
          <EvidenceItem key={`${index} ${item.text}`} item={item} heaviest={heaviest} cause={cause} window={window} />
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
}: {
  readonly item: Evidence;
  /** Greatest weight of the cause: its bar is full. */
  readonly heaviest: number;
  readonly cause: Hypothesis;
  readonly window: { readonly from: UnixNano; readonly to: UnixNano };
}) {
  const naming = useNaming();
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
  const rows = item.refs.length > 0 ? rowsText(item.refs) : '';
  return (
    <li className="evidence-row">
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
          onClick={() => openRows(item.refs)}
        >
          {content}
          <Weight weight={item.weight} heaviest={heaviest} rows={rows} isLink />
        </button>
      )}
    </li>
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
