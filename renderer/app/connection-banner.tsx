/** The engine is away: the content stays, and this says since when, when the next try is, and lets people try at once. */
import { useEffect, useState } from 'react';
import { useConnectionState, useEngine } from '../client/engine-context.tsx';
import { announce } from '../stores/announce.ts';
import { useNaming } from '../stores/naming.ts';
import { dismissProblem, useProblem } from '../stores/problem.ts';
import { durationText } from '../stores/time-format.ts';
import { Button, Chip, IconButton } from '../ui/controls.tsx';
import { Icon } from '../ui/icon.tsx';

export function ConnectionBanner() {
  const state = useConnectionState();
  const { connection } = useEngine();
  const now = useSecondClock(state.status === 'connecting');
  const [lostMs, setLostMs] = useState<number | null>(null);
  const isLost = state.status === 'connecting' && state.lostScope !== null;
  useEffect(() => {
    setLostMs(isLost ? Date.now() : null);
    if (isLost) announce('The engine is away. What is on the screen stays.');
  }, [isLost]);
  if (!isLost) return null;
  const waitMs = state.nextTryMs === null ? 0 : Math.max(0, state.nextTryMs - now);
  const ageMs = lostMs === null ? 0 : Math.max(0, now - lostMs);
  return (
    <div className="banner" role="status">
      <Icon name="offline" size={15} />
      <span className="grow">
        The engine is away. What you see stays; nothing is lost.{' '}
        <span className="text-3">
          {state.nextTryMs === null ? 'Trying now.' : `Next try in ${durationText(Math.ceil(waitMs / 1000) * 1e9)}.`}
        </span>
      </span>
      <Chip look="dashed">{`stale for ${durationText(Math.round(ageMs / 1000) * 1e9)}`}</Chip>
      <Button isSmall onClick={() => connection.tryNow()}>
        Try now
      </Button>
    </div>
  );
}

/** What could not be done, until it is read. */
export function ProblemBanner() {
  const problem = useProblem((store) => store.problem);
  const naming = useNaming();
  if (!problem) return null;
  return (
    <div className="banner problem" role="alert">
      <Icon name="warning" size={15} />
      <span className="grow">
        <span className="strong">{problem.title}</span> <bdi className="text-2">{naming.text(problem.reason)}</bdi>
      </span>
      <IconButton icon="close" label="Put this message away" onClick={dismissProblem} />
    </div>
  );
}

function useSecondClock(isRunning: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!isRunning) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [isRunning]);
  return now;
}
