/**
 * An adapter puts the files of one shape into a TelemetryBuilder. It is chosen by the files a case has, never by the
 * data set's name, and several may serve one case.
 */
import type { EntityRef } from '../../../shared/model/entity.ts';
import type { VisibleCase } from '../rca-case.ts';
import type { TelemetryBuilder } from '../telemetry-builder.ts';

export interface AdapterInput {
  readonly visible: VisibleCase;
  readonly builder: TelemetryBuilder;
  /** Text of a file named in `visible.files` or relative to the case. */
  read(file: string): string;
  /** Names of the files in a folder relative to the case. */
  list(folder: string): readonly string[];
}
export interface AdapterOutput {
  /** Unix nanoseconds of the alarm, where the files tell better than case.json. */
  readonly alarmNs?: bigint | undefined;
  readonly symptom?: EntityRef | undefined;
  /** Entities of the candidates, where a candidate is not simply the service of that name. */
  readonly entityOfCandidate?: ReadonlyMap<string, EntityRef> | undefined;
}
export interface CaseAdapter {
  readonly id: string;
  matches(visible: VisibleCase): boolean;
  convert(input: AdapterInput): AdapterOutput;
}
/** How long before the incident a separate fault-free recording is made to end. */
export const RECORDING_GAP_NS = 600n * 1_000_000_000n;
