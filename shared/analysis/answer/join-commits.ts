/**
 * A commit says what was changed, a deployment where and when it took effect. Where both name one revision they are one
 * change to analysis: the deployment, in the words of the commit. Ids, times and rows of the case file stay.
 */
import type { Telemetry, TelemetryChange } from '../../model/telemetry.ts';

/** Shorter revisions are tag or build numbers and may coincide. */
const SHORTEST_REVISION = 7;
const MOST_TITLE = 100;

/** The same telemetry, its deployments carrying title and description of the commits they brought. Linear in changes. */
export function joinCommits(telemetry: Telemetry): Telemetry {
  const commits = new Map<string, TelemetryChange>();
  for (const change of telemetry.changes) {
    const key = change.changeKind === 'commit' ? revisionKey(change) : undefined;
    if (key !== undefined && !commits.has(key)) commits.set(key, change);
  }
  if (commits.size === 0) return telemetry;
  const changes = telemetry.changes.map((change) => {
    if (change.changeKind === 'commit') return change;
    const key = revisionKey(change);
    const commit = key === undefined ? undefined : commits.get(key);
    return commit ? inWordsOf(change, commit) : change;
  });
  return { ...telemetry, changes };
}

/** Tools cut revisions to different lengths; the first characters tell them apart all the same. */
function revisionKey({ revision }: TelemetryChange): string | undefined {
  return revision !== undefined && /^[0-9a-f]+$/i.test(revision) && revision.length >= SHORTEST_REVISION
    ? revision.slice(0, SHORTEST_REVISION).toLowerCase()
    : undefined;
}

function inWordsOf(change: TelemetryChange, commit: TelemetryChange): TelemetryChange {
  const words = commit.title.split('\n', 1)[0]!.slice(0, MOST_TITLE);
  return {
    ...change,
    title: change.title.includes(words) ? change.title : `${change.title} (${words})`,
    description: [commit.title, change.description, commit.description].filter((text) => text).join('\n'),
  };
}
