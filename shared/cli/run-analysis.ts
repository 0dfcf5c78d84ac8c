/** Analysis of the open case as `investigate` and `analyze` share it: run, print, write the report. */
import type { AnalysisResult } from '../model/analysis-result.ts';
import type { UnixNano } from '../model/time.ts';
import { analysisJson } from '../report/analysis-json.ts';
import { analysisText } from './analysis-text.ts';
import { EXIT } from './cli-io.ts';
import type { CliIo } from './cli-io.ts';
import type { EngineProcedures } from './engine-client.ts';
import { followJob } from './follow-job.ts';
import type { ReportFile } from './report-file.ts';
import { writeReport } from './write-report.ts';

export interface AnalysisOrder {
  readonly caseFile: string;
  readonly at: UnixNano | undefined;
  readonly from: UnixNano | undefined;
  readonly to: UnixNano | undefined;
  readonly isJson: boolean;
  readonly report: ReportFile | undefined;
  /** What the report is about. */
  readonly title: string;
}

/** Exit code: 0 with a cause named, 3 when it abstained or nothing is unusual. */
export async function runAnalysis(engine: EngineProcedures, io: CliIo, order: AnalysisOrder): Promise<number> {
  const { at, from, to } = order;
  const { jobId } = await engine['analysis.start']({ at, from, to });
  const { result } = await followJob(engine, io, jobId, () => engine['analysis.get']({ jobId }));
  if (order.report) await writeReport(engine, order.report, order, result);
  await io.stdout(order.isJson ? analysisJson(order.caseFile, result) : analysisText(result, io));
  return isCauseNamed(result) ? EXIT.done : EXIT.nothingFound;
}

function isCauseNamed({ abstained, incidents }: AnalysisResult): boolean {
  return !abstained && incidents.some(({ hypotheses }) => hypotheses.length > 0);
}
