/** The small parts of log views: level words, trends of templates, templates with their variables dimmed. */
import { messagePieces, templatePieces } from '../charts/message-variables.ts';
import { useNaming } from '../stores/naming.ts';
import { Chip } from './controls.tsx';
import './log-parts.css';

/** OpenTelemetry SeverityNumber → word; '' for unknown. */
export function levelWord(severityNumber: number): string {
  if (severityNumber >= 21) return 'FATAL';
  if (severityNumber >= 17) return 'ERROR';
  if (severityNumber >= 13) return 'WARN';
  if (severityNumber >= 9) return 'INFO';
  if (severityNumber >= 5) return 'DEBUG';
  return severityNumber >= 1 ? 'TRACE' : '';
}

export function levelLook(severityNumber: number): 'fail' | 'warn' | 'plain' {
  return severityNumber >= 17 ? 'fail' : severityNumber >= 13 ? 'warn' : 'plain';
}

export function LevelWord({ severityNumber }: { readonly severityNumber: number }) {
  return <span className={`level-word ${levelLook(severityNumber)}`}>{levelWord(severityNumber) || '–'}</span>;
}

export type TemplateTrend = 'new' | 'burst' | 'gone' | 'steady';
const TREND_LOOKS = { new: 'fail', burst: 'warn', gone: 'plain', steady: 'plain' } as const;
const TREND_TITLES: Readonly<Record<TemplateTrend, string>> = {
  new: 'Nowhere in this case before it begins in this range',
  burst: 'One part of this range holds far more than the others',
  gone: 'Last seen before the last quarter of this range',
  steady: 'Seen throughout this range',
};

/** A chip with the word; coloured only when its rows are warnings or worse. */
export function TrendChip({
  trend,
  severityNumber,
}: {
  readonly trend: TemplateTrend;
  readonly severityNumber: number;
}) {
  const look = severityNumber >= 13 ? TREND_LOOKS[trend] : 'plain';
  return (
    <span className="trend-chip">
      <Chip look={look} title={TREND_TITLES[trend]}>
        {trend}
      </Chip>
    </span>
  );
}

export function TemplateText({ template }: { readonly template: string }) {
  const naming = useNaming();
  if (naming.isMasked) return <code dir="auto">{naming.text(template)}</code>;
  return (
    <code dir="auto" className="template-text" title={template.slice(0, 2_000)}>
      {templatePieces(template.slice(0, 2_000)).map(({ text, isVariable }, index) =>
        isVariable ? <i key={index}>{text}</i> : text,
      )}
    </code>
  );
}

/** A log message with what varies in bold. Masked text is masked as a whole. */
export function MessageText({ message, template }: { readonly message: string; readonly template: string }) {
  const naming = useNaming();
  if (naming.isMasked) return <code dir="auto">{naming.text(message)}</code>;
  return (
    <code dir="auto">
      {messagePieces(message, template).map(({ text, isVariable }, index) =>
        isVariable ? <b key={index}>{text}</b> : text,
      )}
    </code>
  );
}
