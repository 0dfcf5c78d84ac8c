/**
 * Which reader a person chose for which file, by the hash of its head, so that the same bytes are read the same way when
 * they come again, under whatever path. Kept in the case, as a setting.
 */
import type { CaseDatabase } from './case-database.ts';
import { settingText, upsertSetting } from './statements/annotations.ts';

const KEY = 'import.readers';

/** Importer id by lower-case hex of the head's SHA-256. */
export type ReaderChoices = Readonly<Record<string, string>>;

export function readerChoices(database: CaseDatabase): ReaderChoices {
  const text = settingText(database, KEY);
  return text === undefined ? {} : (JSON.parse(text) as ReaderChoices);
}

/** `format` null = as recognised. */
export function rememberReader(database: CaseDatabase, headSha256: string, format: string | null, time: bigint): void {
  const { [headSha256]: former, ...others } = readerChoices(database);
  if (format === null && former === undefined) return;
  upsertSetting(database, KEY, JSON.stringify(format === null ? others : { ...others, [headSha256]: format }), time);
}
