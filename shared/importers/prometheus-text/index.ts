/** Text exposition: Prometheus 0.0.4 and OpenMetrics. */
import type { RecordBatch } from '../../model/record-batch.ts';
import type { FileHead, ImportContext, Importer, Recognition } from '../importer.ts';
import { lineBlocks } from '../lines.ts';
import { RecordCollector } from '../record-collector.ts';
import { ExpositionReader } from './exposition-reader.ts';
import { parseSampleLine } from './sample-line.ts';
import { prometheusNumber } from '../metric-name.ts';

/** Lines looked at. */
const SURVEY_LINES = 200;
const DECLARATION =
  /^#\s*(?:TYPE\s+\S+\s+(?:counter|gauge|histogram|summary|untyped|unknown|info|stateset|gaugehistogram)\s*$|HELP\s+\S)/;

function isSample(line: string): boolean {
  const sample = parseSampleLine(line);
  return (
    sample !== undefined &&
    prometheusNumber(sample.valueText) !== undefined &&
    (sample.timeText === '' || Number(sample.timeText) > 0)
  );
}

function recognise({ text, isWhole }: FileHead): Recognition {
  const lines = text.slice(0, 1 << 16).split('\n', SURVEY_LINES + 1);
  if (!isWhole || lines.length > SURVEY_LINES) lines.pop();
  const filled = lines.map((line) => line.trim()).filter((line) => line !== '');
  const declarations = filled.filter((line) => DECLARATION.test(line)).length;
  const content = filled.filter((line) => !line.startsWith('#'));
  const samples = content.filter(isSample).length;
  const share = content.length === 0 ? 0 : samples / content.length;
  if (declarations > 0 && share >= 0.5) {
    return { confidence: 0.95, reason: `Lines of metric samples under ${declarations} "# TYPE" or "# HELP" lines.` };
  }
  if (declarations > 0 && content.length === 0) {
    return { confidence: 0.6, reason: 'Only "# TYPE" and "# HELP" lines of a metric exposition.' };
  }
  const labelled = content.filter((line) => /^[A-Za-z_:][\w:]*\{/.test(line) && isSample(line)).length;
  if (labelled > 0 && share >= 0.9)
    return { confidence: 0.8, reason: 'Lines of metric samples with labels in braces.' };
  if (samples > 0 && share === 1 && filled.includes('# EOF')) {
    return { confidence: 0.8, reason: 'Lines of metric samples that end with "# EOF".' };
  }
  return { confidence: 0, reason: 'No metric samples.' };
}

async function* parse(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  context: ImportContext,
): AsyncGenerator<RecordBatch> {
  const collector = new RecordCollector();
  const reader = new ExpositionReader(collector, context);
  for await (const block of lineBlocks(chunks, { warn: (text) => context.warn(text) })) {
    context.throwIfCancelled();
    block.texts.forEach((text, i) => reader.line(text, block.firstLineNumber + i, block.byteOffsets[i] ?? -1));
    if (collector.hasReady()) yield* collector.drain();
  }
  yield* collector.finish();
}

export const prometheusTextImporter: Importer = {
  id: 'prometheus-text',
  title: 'Prometheus text exposition, OpenMetrics',
  version: 1,
  references: [
    'https://prometheus.io/docs/instrumenting/exposition_formats/',
    'https://github.com/prometheus/OpenMetrics/blob/main/specification/OpenMetrics.md',
  ],
  recognise,
  parse,
};
