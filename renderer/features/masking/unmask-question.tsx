/** Asks in place whether guests may read the names: Enter or M again says yes, Esc leaves them masked. */
import { useEffect, useRef, useState } from 'react';
import { useProcedures } from '../../client/engine-context.tsx';
import { useActions } from '../../stores/actions.ts';
import { usePresentation } from '../../stores/presentation.ts';
import { Icon } from '../../ui/icon.tsx';
import { agreeToUnmask, stayMasked } from './use-masking.ts';
import './masking.css';

/** Mounted once over every screen; draws nothing while nothing is asked. */
export function UnmaskQuestion() {
  const isAsked = usePresentation((store) => store.isUnmaskingAsked);
  return isAsked ? <Question /> : null;
}

function Question() {
  const guests = useGuestWords();
  const yes = useRef<HTMLButtonElement>(null);
  useActions([
    { id: 'present.stayMasked', title: 'Keep names masked', group: 'Sharing', keys: ['Escape'], run: stayMasked },
  ]);
  useEffect(() => {
    const before = document.activeElement;
    yes.current?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <div className="unmask-question" role="alertdialog" aria-labelledby="unmask-question-text">
      <Icon name="mask" size={16} />
      <span id="unmask-question-text">{guests} Show them the names?</span>
      <button ref={yes} type="button" className="unmask-yes" onClick={agreeToUnmask}>
        Show names <kbd aria-hidden="true">⏎</kbd>
      </button>
      <button type="button" className="unmask-no" onClick={stayMasked}>
        Keep masked <kbd aria-hidden="true">Esc</kbd>
      </button>
    </div>
  );
}

function useGuestWords(): string {
  const procedures = useProcedures();
  const [viewers, setViewers] = useState<number | null>(null);
  useEffect(() => {
    procedures['room.members']({}).then(
      (members) => setViewers(members.viewers),
      () => undefined,
    );
  }, [procedures]);
  if (viewers === null) return 'Others look at this screen.';
  return viewers === 1 ? 'One guest follows this screen.' : `${viewers} guests follow this screen.`;
}
