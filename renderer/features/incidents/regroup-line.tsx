/** What a split or merge does, while it runs and when it is done, with the way back beside it. */
import { useEngine, useIsOperator } from '../../client/engine-context.tsx';
import { useRunningJob } from '../../client/use-job-progress.ts';
import { undoStep, useIsNextUndone } from '../../stores/deeds.ts';
import { dismissRegrouping, takeBack, useRegrouping } from '../../stores/regrouping.ts';
import { Button, LinkButton } from '../../ui/controls.tsx';

export function RegroupLine() {
  const { state } = useRegrouping();
  const access = useEngine();
  const isOperator = useIsOperator();
  const isNext = useIsNextUndone(state.status === 'done' ? state.deed : null);
  const job = useRunningJob();
  if (state.status === 'idle') return null;
  if (state.status === 'running') {
    return (
      <p className="regroup-line" role="status">
        <span className="grow">
          {state.title}
          {job ? `: ${job.stage}` : ''}. What is shown stays until the case is analysed anew.
        </span>
      </p>
    );
  }
  return (
    <p className="regroup-line is-done" role="status">
      <span className="grow">{state.text}</span>
      {isOperator && state.deed && (
        <Button isSmall icon="undo" onClick={() => (isNext ? undoStep() : void takeBack(access, state.ids))}>
          Undo
        </Button>
      )}
      <LinkButton onClick={dismissRegrouping}>Done</LinkButton>
    </p>
  );
}
