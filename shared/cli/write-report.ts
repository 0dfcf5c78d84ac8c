/** Writes the report of an analysis, with the rows its evidence rests on. */
import { rename, writeFile } from 'node:fs/promises';
import type { AnalysisResult } from '../model/analysis-result.ts';
import { PRODUCT_VERSION } from '../engine/product-version.ts';
import { renderHtmlReport } from '../report/html-report.ts';
import type { InvestigationReport } from '../report/investigation-report.ts';
import { renderMarkdownReport } from '../report/markdown-report.ts';
import { analysisJson } from '../report/analysis-json.ts';
import type { EngineProcedures } from './engine-client.ts';
import { gatherEvidenceRows, type EvidenceSource } from '../engine/api/gather-evidence-rows.ts';
import type { ReportFile } from './report-file.ts';

export async function writeReport(
  engine: EngineProcedures,
  file: ReportFile,
  { caseFile, title }: { readonly caseFile: string; readonly title: string },
  result: AnalysisResult,
): Promise<void> {
  const text =
    file.form === 'json'
      ? analysisJson(caseFile, result)
      : rendered(file.form, {
          title,
          productVersion: PRODUCT_VERSION,
          result,
          files: (await engine['import.files']({})).files,
          rows: await gatherEvidenceRows(sourceOf(engine), result),
        });
  // Whole or not at all: a report half written would look like a whole one.
  const draft = `${file.path}.part`;
  await writeFile(draft, text);
  await rename(draft, file.path);
}

function rendered(form: 'html' | 'md', report: InvestigationReport): string {
  return form === 'html' ? renderHtmlReport(report) : renderMarkdownReport(report);
}

function sourceOf(engine: EngineProcedures): EvidenceSource {
  return {
    rows: async (refs) => (await engine['row.get']({ refs: [...refs] })).rows,
    points: (seriesId, range) => engine['metric.points']({ seriesId, ...range }),
  };
}
