/** The report of the newest analysis, with the rows its evidence rests on; names masked when asked. */
import { basename } from 'node:path';
import type { Contract } from '../../contract/contract.ts';
import type { CheckedInputOf, NamespaceHandlers } from '../../contract/derived-types.ts';
import type { JudgedIncident } from '../../contract/note-schemas.ts';
import type { AnalysisResult } from '../../model/analysis-result.ts';
import type { ImportFileReport } from '../../model/import-report.ts';
import { analysisJson } from '../../report/analysis-json.ts';
import { plural } from '../../report/format.ts';
import { renderHtmlReport } from '../../report/html-report.ts';
import type { InvestigationReport } from '../../report/investigation-report.ts';
import { renderMarkdownReport } from '../../report/markdown-report.ts';
import type { Masking } from '../../report/mask-names.ts';
import { PRODUCT_VERSION } from '../product-version.ts';
import { scanPoints } from '../storage/statements/browse-signals.ts';
import { blocksOf, cellsOf, float64Column, int64Column } from './column-blocks.ts';
import type { EngineSession } from './engine-session.ts';
import { gatherEvidenceRows, type EvidenceSource } from './gather-evidence-rows.ts';
import { newestAnswer } from './newest-analysis.ts';
import { renderPostMortem } from './render-post-mortem.ts';

export function reportHandlers(session: EngineSession): NamespaceHandlers<Contract, 'report'> {
  return {
    'report.render': async (request, { signal, scope }) => {
      const isHidden = (): boolean => session.room.isHiddenFrom(scope);
      const maskNames = request.maskNames || isHidden();
      const text = await reportOf(session, { ...request, maskNames }, signal);
      // Masking may have begun while it was written.
      const isTooPlain = !maskNames && isHidden();
      return { text: isTooPlain ? await reportOf(session, { ...request, maskNames: true }, signal) : text };
    },
  };
}

async function reportOf(
  session: EngineSession,
  { kind, format, maskNames }: CheckedInputOf<Contract['report.render']>,
  signal: AbortSignal,
): Promise<string> {
  const { engine } = session;
  if (kind === 'postMortem') return renderPostMortem(session, format, maskNames ? await maskingOf(session) : null);
  const { result, incidents } = await newestAnswer(session);
  const report: InvestigationReport = {
    title: basename(engine.caseFile),
    productVersion: PRODUCT_VERSION,
    // The JSON is the contract's, word for word.
    result: format === 'json' ? result : withDecisions(result, incidents),
    files: await engine.files(),
    rows: format === 'json' ? new Map() : await gatherEvidenceRows(sourceOf(session, signal), result),
  };
  const shown = maskNames ? await masked(session, report) : report;
  return rendered(format, shown, maskNames ? shown.title : engine.caseFile);
}

/** The report is what the analysis said; that people set parts of it aside is told, and where to read theirs. */
function withDecisions(result: AnalysisResult, incidents: readonly JudgedIncident[]): AnalysisResult {
  const causes = incidents.flatMap(({ hypotheses }) => hypotheses);
  const rejected = causes.filter(({ judgement }) => judgement?.verdict === 'rejected').length;
  const struck = causes.flatMap(({ evidence }) => evidence).filter(({ strike }) => strike !== null).length;
  if (rejected + struck === 0) return result;
  const text = `People rejected ${plural(rejected, 'cause')} and struck out ${plural(struck, 'line')} of evidence.`;
  const effect = 'The order here is that of the analysis; the post-mortem has theirs.';
  return { ...result, blindSpots: [...result.blindSpots, { kind: 'set_aside_by_people', text, effect }] };
}

function rendered(format: 'markdown' | 'html' | 'json', report: InvestigationReport, caseFile: string): string {
  if (format === 'json') return analysisJson(caseFile, report.result);
  return format === 'html' ? renderHtmlReport(report) : renderMarkdownReport(report);
}

function sourceOf({ engine }: EngineSession, signal: AbortSignal): EvidenceSource {
  return {
    rows: async (refs) => (await engine.rows(refs)).map((row) => ({ ...row, fields: [...row.fields] })),
    points: async function* (seriesId, range) {
      const limits = { maxRows: MOST_POINTS, signal };
      for await (const block of blocksOf(engine, scanPoints({ seriesId, ...range }), limits)) {
        yield {
          rowCount: block.rowCount,
          timeUnixNano: int64Column(cellsOf(block, 1)),
          value: float64Column(cellsOf(block, 2), Number.NaN),
        };
      }
    },
  };
}
const MOST_POINTS = 1_000_000;

/** Every text of the report through one masking; keys, ids and figures stay. */
async function masked(session: EngineSession, report: InvestigationReport): Promise<InvestigationReport> {
  const masking = await maskingOf(session);
  const mask = <T>(value: T): T => maskTexts(value, masking.text) as T;
  const result: AnalysisResult = mask(report.result);
  const files: readonly ImportFileReport[] = report.files.map((file, index) => ({
    ...file,
    path: `file ${index + 1}`,
    warnings: mask(file.warnings),
  }));
  const rows = new Map([...report.rows].map(([ref, row]) => [ref, { ...mask(row), ref }]));
  return { ...report, title: 'case', result, files, rows };
}

async function maskingOf(session: EngineSession): Promise<Masking> {
  return (await session.pseudonyms()).masking;
}

/** Words of the model, not of the case: masking must not touch them. */
const KEPT_KEYS: ReadonlySet<string> = new Set([
  'type',
  'kind',
  'stance',
  'signal',
  'faultKind',
  'changeKind',
  'edgeKind',
  'severity',
  'health',
  'fingerprint',
  'refs',
  'ref',
  'provenance',
  'unit',
  'detector',
  'timesSeconds',
  'values',
]);

function maskTexts(value: unknown, mask: (text: string) => string): unknown {
  if (typeof value === 'string') return mask(value);
  if (Array.isArray(value)) return value.map((item) => maskTexts(item, mask));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, KEPT_KEYS.has(key) ? item : maskTexts(item, mask)]),
  );
}
