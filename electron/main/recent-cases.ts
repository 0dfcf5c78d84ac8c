/** Case files opened before, newest first, kept in the user's folder so that the menu and links know them. */
import { readFile, rename, writeFile } from 'node:fs/promises';
import { z } from 'zod';

const MAX_CASES = 12;
const storedCases = z.strictObject({ version: z.literal(1), caseFiles: z.array(z.string().min(1)).max(100) });

export class RecentCases {
  readonly #file: string;
  #caseFiles: readonly string[] = [];
  #written: Promise<void> = Promise.resolve();

  constructor(file: string) {
    this.#file = file;
  }

  /** A missing or damaged list is an empty one: it is a convenience, not data. */
  async load(): Promise<void> {
    const text = await readFile(this.#file, 'utf8').catch(() => '');
    this.#caseFiles = parseRecentCases(text);
  }

  get caseFiles(): readonly string[] {
    return this.#caseFiles;
  }

  has(caseFile: string): boolean {
    return this.#caseFiles.includes(caseFile);
  }

  /** Puts a case first. Resolves once it is on disk; a disk that refuses costs the list, not the work. */
  async add(caseFile: string): Promise<void> {
    await this.#replace([caseFile, ...this.#caseFiles.filter((known) => known !== caseFile)].slice(0, MAX_CASES));
  }

  async clear(): Promise<void> {
    await this.#replace([]);
  }

  async #replace(caseFiles: readonly string[]): Promise<void> {
    this.#caseFiles = caseFiles;
    this.#written = this.#written.then(() => this.#write()).catch(() => undefined);
    await this.#written;
  }

  async #write(): Promise<void> {
    const scratch = `${this.#file}.new`;
    await writeFile(scratch, `${JSON.stringify({ version: 1, caseFiles: this.#caseFiles }, undefined, 2)}\n`);
    await rename(scratch, this.#file);
  }
}

export function parseRecentCases(text: string): readonly string[] {
  try {
    return storedCases.parse(JSON.parse(text)).caseFiles.slice(0, MAX_CASES);
  } catch {
    return [];
  }
}
