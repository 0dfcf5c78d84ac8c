/**
 * A case of bench/rca as the engine may see it. `readCase` leaves out the truth, the origin and the folder's name at
 * the only place where case.json is read.
 */
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';

export interface RcaCaseFiles {
  readonly [key: string]: string | readonly string[] | undefined;
}
/** What the engine may know. Times are Unix seconds or ISO text as the data set writes them. */
export interface VisibleCase {
  readonly candidates: readonly string[];
  readonly files: RcaCaseFiles;
  readonly topology?: { readonly edges: readonly (readonly [string, string])[] } | undefined;
  readonly symptom?: { readonly node: string; readonly metric?: string; readonly timestamp?: number } | undefined;
  readonly alertTime?: number | string | undefined;
  readonly detectTime?: number | string | undefined;
  readonly injectTime?: number | string | undefined;
  /** Folder of separate fault-free recordings, relative to the case. */
  readonly normal?: string | undefined;
}
/** For scoring only. */
export interface HiddenTruth {
  readonly service?: string;
  readonly instance?: string;
  readonly change?: string;
  readonly faultType?: string;
}
export interface RcaCase {
  readonly dataset: string;
  readonly name: string;
  readonly directory: string;
  readonly visible: VisibleCase;
  readonly truth: HiddenTruth | undefined;
}

export function readCase(dataset: string, name: string, directory: string): RcaCase {
  const raw = JSON.parse(fs.readFileSync(path.join(directory, 'case.json'), 'utf8')) as VisibleCase & {
    readonly truth?: HiddenTruth;
  };
  const alarm = raw.symptom?.timestamp ?? raw.alertTime ?? raw.detectTime;
  return {
    dataset,
    name,
    directory,
    truth: raw.truth,
    visible: {
      candidates: raw.candidates,
      files: raw.files,
      topology: raw.topology,
      symptom: raw.symptom,
      alertTime: raw.alertTime,
      detectTime: raw.detectTime,
      injectTime: alarm === undefined ? raw.injectTime : undefined,
      normal: raw.normal,
    },
  };
}
/** Every `<data set>/<case>/case.json` under `root`, in the order given by their names. */
export function listCases(root: string): RcaCase[] {
  const cases: RcaCase[] = [];
  const folders = (dir: string): string[] =>
    fs
      .readdirSync(dir, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
      .sort();
  const collect = (dataset: string, dir: string): void => {
    for (const name of folders(dir))
      if (fs.existsSync(path.join(dir, name, 'case.json'))) cases.push(readCase(dataset, name, path.join(dir, name)));
  };
  for (const dataset of folders(root)) collect(dataset, path.join(root, dataset));
  if (cases.length === 0) collect(path.basename(root), root);
  return cases;
}

const textCache = new Map<string, string>();
/** Text of a file, gunzipped by its name. Shared recordings are kept; a case's own files are not. */
export function readText(directory: string, file: string): string {
  const full = path.resolve(directory, file);
  const known = textCache.get(full);
  if (known !== undefined) return known;
  const bytes = fs.readFileSync(full);
  const text = (full.endsWith('.gz') ? zlib.gunzipSync(bytes) : bytes).toString('utf8');
  if (!full.startsWith(path.resolve(directory) + path.sep)) textCache.set(full, text);
  return text;
}
/** Unix seconds of a number or of ISO text (UTC when no zone is given). */
export function unixSeconds(time: number | string): number {
  if (typeof time === 'number') return time;
  const iso = time.replace(' ', 'T');
  return Date.parse(/[zZ]|[+-]\d\d:?\d\d$/.test(iso) ? iso : `${iso}Z`) / 1000;
}
export function nanosOfSeconds(seconds: number): bigint {
  return BigInt(Math.round(seconds * 1e6)) * 1000n;
}
