/**
 * Everything a report needs, as plain data. The command line gathers it through the contract; the renderers beside this
 * file are pure functions from it to text, so the same investigation gives the same bytes.
 */
import type { AnalysisResult } from '../model/analysis-result.ts';
import type { ImportFileReport } from '../model/import-report.ts';
import type { RowRef } from '../model/ids.ts';

/** One raw row as a person reads it. */
export interface EvidenceRecord {
  readonly kind: 'record';
  readonly ref: RowRef;
  /** One line: time, entity and message as the table would show it. */
  readonly title: string;
  /** RFC 3339, null when the row has no time. */
  readonly time: string | null;
  /** Every column that is not empty, in the order of the table. */
  readonly fields: readonly { readonly name: string; readonly value: string }[];
}
/** A stretch of one metric series. */
export interface EvidenceSeries {
  readonly kind: 'series';
  readonly ref: RowRef;
  /** Metric, unit, entity and labels. */
  readonly title: string;
  readonly unit: string;
  /** Seconds since the Unix epoch, ascending, with at most about 500 points. */
  readonly timesSeconds: readonly number[];
  /** Same length; null = no value. */
  readonly values: readonly (number | null)[];
  /** The stretch the evidence speaks about, seconds since the Unix epoch. */
  readonly highlight: { readonly startSeconds: number; readonly endSeconds: number } | null;
}
export type EvidenceRow = EvidenceRecord | EvidenceSeries;

export interface InvestigationReport {
  /** What was investigated: the given paths or the case file's name. */
  readonly title: string;
  readonly productVersion: string;
  readonly result: AnalysisResult;
  readonly files: readonly ImportFileReport[];
  /** Rows behind evidence, by reference; a reference without a row is shown as text. */
  readonly rows: ReadonlyMap<RowRef, EvidenceRow>;
}
