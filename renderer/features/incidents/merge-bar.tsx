/** What can be done with incidents chosen in the list: one incident of them all. */
import { useEngine } from '../../client/engine-context.tsx';
import { useActions } from '../../stores/actions.ts';
import { usePreferences } from '../../stores/preferences.ts';
import { regroup, useRegrouping } from '../../stores/regrouping.ts';
import { Button } from '../../ui/controls.tsx';

export function MergeBar({ ids, onClear }: { readonly ids: readonly string[]; readonly onClear: () => void }) {
  const access = useEngine();
  const by = usePreferences(({ author }) => author);
  const isRunning = useRegrouping(({ state }) => state.status === 'running');
  const canMerge = ids.length >= 2 && !isRunning;
  const merge = (): void => {
    void regroup(access, {
      title: `Merging ${ids.length} incidents`,
      deed: 'merge incidents',
      from: ids[0] ?? null,
      start: (procedures) => procedures['grouping.merge']({ incidentIds: [...ids], by }),
      leadsTo: ({ decisions }, made) =>
        decisions.some(({ grouping, side }) => made.includes(grouping) && side === 'both'),
    }).then((isDone) => isDone && onClear());
  };
  useActions([
    {
      id: 'incident.merge',
      title: 'Merge the chosen incidents into one',
      group: 'Incidents',
      keys: ['Shift+M'],
      isDisabled: !canMerge,
      run: merge,
    },
  ]);
  if (ids.length === 0) return null;
  return (
    <div className="regroup-bar" role="group" aria-label="Chosen incidents">
      <span className="strong">{ids.length} chosen</span>
      {ids.length < 2 ? (
        <span className="text-3">Choose another one to merge them.</span>
      ) : (
        <Button look="primary" isSmall shortcut="⇧M" isDisabled={isRunning} onClick={merge}>
          Merge into one
        </Button>
      )}
      <span className="regroup-bar-end">
        <Button isSmall onClick={onClear}>
          Clear
        </Button>
      </span>
    </div>
  );
}
