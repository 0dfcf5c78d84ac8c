/** People noticed something the data does not shout about: they say when, and causes are ranked for that time. */
import { useState } from 'react';
import { useIsOperator, useProcedures } from '../../client/engine-context.tsx';
import { useLiveRange, useWholeRange } from '../../stores/effective-range.ts';
import { usePreferences } from '../../stores/preferences.ts';
import { parseTypedRange } from '../../stores/time-input.ts';
import { Button } from '../../ui/controls.tsx';
import type { UnixNano } from '../../../shared/model/time.ts';

export function NoticedAt() {
  const procedures = useProcedures();
  const isOperator = useIsOperator();
  const shown = useLiveRange();
  const whole = useWholeRange();
  const zone = usePreferences((preferences) => preferences.zone);
  const [text, setText] = useState('');
  const [problem, setProblem] = useState('');
  if (!isOperator || !shown || !whole) return null;
  const context = { shown, whole, zone };
  function analyse(): void {
    const typed = parseTypedRange(text, context);
    if (!typed.isOk) return setProblem(typed.reason);
    const at = ((typed.range.from + typed.range.to) / 2n) as UnixNano;
    procedures['analysis.start']({ at }).then(
      () => setProblem(''),
      (error: unknown) => setProblem(error instanceof Error ? error.message : String(error)),
    );
  }
  return (
    <form
      className="noticed-at"
      onSubmit={(event) => {
        event.preventDefault();
        analyse();
      }}
    >
      <label>
        People noticed something at{' '}
        <input
          className="field mono"
          value={text}
          placeholder="14:02"
          size={9}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      <Button onClick={analyse} isDisabled={text.trim() === ''}>
        Rank causes for that time
      </Button>
      {problem !== '' && <span role="alert">{problem}</span>}
    </form>
  );
}
