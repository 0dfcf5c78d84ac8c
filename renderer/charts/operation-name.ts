/**
 * Names of operations differ at their end: `…PointsService/CreatePoints`, `DELETE …/wishlists/{id}`. Where room is
 * short the begin gives way, a verb before it stays. Only names that are a path are parted; sentences stay whole. Pure.
 */

/** A verb or nothing, then one word with joints. */
const PATH = /^(\S{1,12} )?([^\s/.]*[/.]\S*)$/;
/** Ends that say nothing alone: `{id}`, `:id`, figures, nothing. */
const HOLE = /^[/.](?:\{[^/]*\}?|:\w+|<[^/]*>|\*+|\d+)?$/;
/** `/validate` with its joint. */
const SHORT_END = 9;
const MOST_SHORTER = 12;
const LONGEST = 300;

interface Path {
  readonly verb: string;
  readonly path: string;
  /** Where segments begin, without the first. */
  readonly joints: readonly number[];
}

function pathOf(name: string): Path | null {
  const [, verb = '', path = ''] = (name.length <= LONGEST ? PATH.exec(name) : null) ?? [];
  const joints = [...path.matchAll(/[/.]/g)].map(({ index }) => index).filter((index) => index > 0);
  // What follows the last joint that is kept has to say something.
  let kept = joints.length;
  while (kept > 0 && HOLE.test(path.slice(joints[kept - 1], joints[kept]))) kept--;
  return path === '' ? null : { verb, path, joints: joints.slice(0, kept) };
}

/** What may give way, and what must stay: together the name. */
export function operationParts(name: string): readonly [head: string, tail: string] {
  const found = pathOf(name);
  if (!found) return ['', name];
  const { verb, path, joints } = found;
  const [before, only] = joints.slice(-2);
  // A short end such as `/find` is that of many: what it is done to stays with it.
  const isShort = only !== undefined && path.length - only <= SHORT_END && path[before ?? 0] === '/';
  const last = isShort ? before : joints.at(-1);
  if (last !== undefined) return [verb + path.slice(0, last), path.slice(last)];
  return verb === '' ? ['', name] : [verb.trimEnd(), ` ${path}`];
}

/** The name with ever less of its begin, longest first; at most twelve. */
export function shorterOperations(name: string): readonly string[] {
  const found = pathOf(name);
  if (!found) return [];
  const { verb, path, joints } = found;
  return joints.slice(-MOST_SHORTER).map((at) => `${verb}…${path.slice(path[at] === '.' ? at + 1 : at)}`);
}
