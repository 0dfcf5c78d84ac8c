/**
 * Two wide tables, one fault-free and one with the fault active: `time` and one column `<container>_<metric>` each. A
 * container that is no candidate counts as part of the candidate whose name it starts with (a store beside its owner).
 */
import { parseCsv } from '../csv.ts';
import { nanosOfSeconds } from '../rca-case.ts';
import { RECORDING_GAP_NS, type AdapterInput, type AdapterOutput, type CaseAdapter } from './adapter.ts';

export const wideMetricsAdapter: CaseAdapter = {
  id: 'wide-metrics',
  matches: ({ files }) => typeof files['normal'] === 'string' && typeof files['anomalous'] === 'string',
  convert(input: AdapterInput): AdapterOutput {
    const during = parseCsv(input.read(input.visible.files['anomalous'] as string));
    const before = parseCsv(input.read(input.visible.files['normal'] as string));
    const start = nanosOfSeconds(Number(during[1]?.[0] ?? 0));
    const normalEnd = nanosOfSeconds(Number(before.at(-1)?.[0] ?? 0));
    addTable(input, during, 0n);
    addTable(input, before, start - RECORDING_GAP_NS - normalEnd);
    return { alarmNs: start };
  },
};
function addTable({ builder, visible }: AdapterInput, rows: readonly string[][], shiftNs: bigint): void {
  const columns = (rows[0] ?? []).map((title) => {
    const cut = title.indexOf('_');
    if (cut <= 0) return undefined;
    const container = title.slice(0, cut);
    const owner = ownerOf(container, visible.candidates);
    const entity = builder.entity('service', owner, true);
    return { entity, instance: builder.entity('instance', container), name: title.slice(cut + 1) };
  });
  for (const row of rows.slice(1)) {
    const time = nanosOfSeconds(Number(row[0])) + shiftNs;
    row.forEach((text, i) => {
      const key = columns[i];
      if (key && text !== '') builder.addPoint(key, time, Number(text));
    });
  }
}
function ownerOf(container: string, candidates: readonly string[]): string {
  if (candidates.includes(container)) return container;
  const owners = candidates.filter((name) => container.startsWith(`${name}-`)).sort((a, b) => b.length - a.length);
  return owners[0] ?? container;
}
