/** Cases opened before, for the menu and for links: the list every host shares (`shared/engine/api/recent-cases.ts`). */
import { rm } from 'node:fs/promises';
import { listRecentCases, rememberCase } from '../../shared/engine/api/recent-cases.ts';

const MAX_CASES = 12;

export class RecentCases {
  readonly #listFile: string;
  #caseFiles: readonly string[] = [];

  constructor(listFile: string) {
    this.#listFile = listFile;
  }

  /** A missing or damaged list is an empty one: it is a convenience, not data. */
  async load(): Promise<void> {
    this.#caseFiles = (await listRecentCases(this.#listFile)).map(({ caseFile }) => caseFile);
  }

  /** Newest first, as many as a menu shows. */
  get caseFiles(): readonly string[] {
    return this.#caseFiles.slice(0, MAX_CASES);
  }

  has(caseFile: string): boolean {
    return this.#caseFiles.includes(caseFile);
  }

  /** `timeNs`: Unix nanoseconds. A disk that refuses costs the list, not the work. */
  async add(caseFile: string, timeNs: bigint): Promise<void> {
    await rememberCase(this.#listFile, caseFile, timeNs);
    await this.load();
  }

  async clear(): Promise<void> {
    await rm(this.#listFile, { force: true });
    await this.load();
  }
}
