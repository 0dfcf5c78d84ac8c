/** Questions that stand in an empty result: what is asked first of a case, as statements to run and to change. Pure. */

/** What of a case a statement is about; kinds of record as `case.summary` counts them, and its rejected ones. */
export type StarterSignal = 'spans' | 'logRecords' | 'metricPoints' | 'alerts' | 'changes' | 'rejected';

export interface StarterQuery {
  readonly question: string;
  readonly about: StarterSignal;
  readonly sql: string;
}

export const STARTER_QUERIES: readonly StarterQuery[] = [
  {
    question: 'Which operations fail most?',
    about: 'spans',
    sql: `SELECT service, name AS operation, count(*) AS spans, sum(status = 'error') AS errors,
  round(100.0 * sum(status = 'error') / count(*), 1) AS error_percent
FROM v_spans
GROUP BY service, name
ORDER BY errors DESC
LIMIT 50`,
  },
  {
    question: 'Which calls take longest?',
    about: 'spans',
    sql: `SELECT service, name AS operation, peer, count(*) AS spans,
  round(avg(duration_ms), 1) AS mean_ms, round(max(duration_ms), 1) AS longest_ms
FROM v_spans
GROUP BY service, name, peer
ORDER BY mean_ms DESC
LIMIT 50`,
  },
  {
    question: 'How many errors are logged each minute?',
    about: 'logRecords',
    sql: `SELECT substr(time, 1, 16) AS minute, count(*) AS errors
FROM v_logs
WHERE severity IN ('error', 'fatal')
GROUP BY minute
ORDER BY minute`,
  },
  {
    question: 'What do programs complain of most?',
    about: 'logRecords',
    sql: `SELECT template, service, count(*) AS records, min(time) AS first_seen, max(time) AS last_seen
FROM v_logs
WHERE severity IN ('warn', 'error', 'fatal')
GROUP BY template_id, service
ORDER BY records DESC
LIMIT 50`,
  },
  {
    question: 'Which alerts fired, and for what?',
    about: 'alerts',
    sql: `SELECT name, count(*) AS alerts, min(start_time) AS first, max(start_time) AS last,
  group_concat(DISTINCT entities) AS entities
FROM v_alerts
GROUP BY name
ORDER BY alerts DESC`,
  },
  {
    question: 'What was changed last?',
    about: 'changes',
    sql: `SELECT start_time, kind, title, entities, author, revision
FROM v_changes
ORDER BY start_time DESC
LIMIT 50`,
  },
  {
    question: 'Which metrics are there, and of how many entities?',
    about: 'metricPoints',
    sql: `SELECT name, unit, type, count(*) AS series, count(DISTINCT entity) AS entities
FROM v_metric_series
GROUP BY name, unit, type
ORDER BY series DESC`,
  },
  {
    question: 'What could not be read, and why?',
    about: 'rejected',
    sql: `SELECT path, reason, count(*) AS records, min(line) AS first_line
FROM v_quarantine
GROUP BY path, reason
ORDER BY records DESC`,
  },
];

/** Those that this case can answer: it holds such records. */
export function startersFor(counts: Readonly<Partial<Record<StarterSignal, number>>>): readonly StarterQuery[] {
  return STARTER_QUERIES.filter(({ about }) => (counts[about] ?? 0) > 0);
}
