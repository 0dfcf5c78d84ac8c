/** What an archive has to tell about itself: damage, and members that hold no readable file. */
import { quotedName } from './safe-entry-path.ts';

/** Told one by one; more of them are only counted. */
const MAX_PROBLEMS = 20;

const SENTENCES: Readonly<Record<string, (count: number, first: string) => string>> = {
  'symbolic link': (count, first) => `${count} symbolic ${links(count)} not followed (first: ${first})`,
  'hard link': (count, first) => `${count} hard ${links(count)} not read again (first: ${first})`,
  'device or pipe': (count, first) => `${count} devices or pipes not read (first: ${first})`,
  'encrypted file': (count, first) =>
    `${count} encrypted files not read (first: ${first}); unpack them with their password and import the result`,
  'unread compression': (count, first) =>
    `${count} files in a compression that is not read (first: ${first}); unpack the archive and import the folder`,
  unknown: (count, first) => `${count} members of unknown kind not read (first: ${first})`,
};

export class ContainerNotes {
  readonly #problems: string[];
  readonly #members = new Map<string, { count: number; readonly first: string }>();
  #problemCount = 0;
  #fileCount = 0;

  constructor(problems: readonly string[]) {
    this.#problems = [...problems];
  }

  add(problem: string): void {
    if (this.#problems.includes(problem)) return;
    this.#problemCount++;
    if (this.#problemCount <= MAX_PROBLEMS) this.#problems.push(problem);
  }

  /** Regular files met so far. */
  get fileCount(): number {
    return this.#fileCount;
  }

  countFile(): void {
    this.#fileCount++;
  }

  /** Counts a member that is no file. Directories need no word. */
  countMember(kind: string, name: string): void {
    if (kind === 'directory') return;
    const known = this.#members.get(kind);
    if (known) known.count++;
    else this.#members.set(kind, { count: 1, first: quotedName(name) });
  }

  /** Empty when there is nothing to tell. */
  sentences(): readonly string[] {
    const sentences = [...this.#problems];
    if (this.#problemCount > MAX_PROBLEMS) sentences.push(`${this.#problemCount - MAX_PROBLEMS} more damages`);
    for (const [kind, { count, first }] of this.#members) {
      const sentence = SENTENCES[kind];
      if (sentence) sentences.push(sentence(count, first));
    }
    if (this.#fileCount === 0) sentences.push('the archive holds no files');
    return sentences;
  }
}

function links(count: number): string {
  return count === 1 ? 'link' : 'links';
}
