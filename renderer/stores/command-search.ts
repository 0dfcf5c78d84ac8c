/**
 * What the command box finds: views, actions, entities, incidents, changes and alerts whose words begin with what was
 * typed come first, then those that contain it. Pure; linear in the number of candidates.
 */

export const COMMAND_KINDS = ['action', 'view', 'entity', 'incident', 'change', 'alert', 'time', 'filter'] as const;
export type CommandKind = (typeof COMMAND_KINDS)[number];

export interface Command {
  /** Unique within the list. */
  readonly id: string;
  readonly kind: CommandKind;
  readonly title: string;
  /** Small text beside it; searched as well. */
  readonly detail?: string | undefined;
  /** As a person reads it: `⇧T`. */
  readonly shortcut?: string | null | undefined;
  readonly run: () => void;
}

const SHOWN_OF_KIND = 6;
const SHOWN_VIEWS = 9;
const SHOWN_ACTIONS = 40;
/** Before anything is typed: where one may go and what one may do. Names are found by typing them. */
const SHOWN_UNASKED: ReadonlySet<CommandKind> = new Set(['incident', 'view', 'action']);

/** `>` at the begin asks for actions only. */
export function searchCommands(typed: string, candidates: readonly Command[]): readonly Command[] {
  const wantsActions = typed.startsWith('>');
  const words = typed
    .slice(wantsActions ? 1 : 0)
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const left = new Map<CommandKind, number>();
  return candidates
    .map((command, index) => ({ command, index, score: scoreOf(command, words) }))
    .filter(
      ({ command: { kind }, score }) =>
        score > 0 &&
        (!wantsActions || kind === 'action' || kind === 'view') &&
        (words.length > 0 || SHOWN_UNASKED.has(kind)),
    )
    .sort((one, other) => other.score - one.score || longer(one.command, other.command) || one.index - other.index)
    .filter(({ command: { kind } }) => {
      const taken = left.get(kind) ?? 0;
      left.set(kind, taken + 1);
      return (
        taken < (wantsActions && kind === 'action' ? SHOWN_ACTIONS : kind === 'view' ? SHOWN_VIEWS : SHOWN_OF_KIND)
      );
    })
    .map(({ command }) => command);
}

/** 0 = no match; every word must occur. The begin of the title counts most, then the begin of a word. */
function scoreOf({ title, detail = '' }: Command, words: readonly string[]): number {
  if (words.length === 0) return 1;
  const inTitle = title.toLowerCase();
  const inDetail = detail.toLowerCase();
  let score = 0;
  for (const word of words) {
    const at = inTitle.indexOf(word);
    if (at === 0) score += inTitle.length === word.length ? 12 : 8;
    else if (at > 0) score += isWordBegin(inTitle, at) ? 5 : 3;
    else if (inDetail.includes(word)) score += 1;
    else return 0;
  }
  return score;
}

/** Names of instances go on where the name of their service ends. */
function longer(one: Command, other: Command): number {
  return one.kind === 'entity' && other.kind === 'entity' ? one.title.length - other.title.length : 0;
}

function isWordBegin(text: string, at: number): boolean {
  return !/[\p{L}\p{N}]/u.test(text.charAt(at - 1));
}
