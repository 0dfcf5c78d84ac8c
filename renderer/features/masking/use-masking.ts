/** The action that masks names and shows them again. While guests look on, showing them waits for a yes, once a session. */
import { useIsOperator, useProcedures } from '../../client/engine-context.tsx';
import { useHostFacts } from '../../client/use-host-facts.ts';
import { useActions } from '../../stores/actions.ts';
import { present, usePresentation } from '../../stores/presentation.ts';

/** Asked once: who said yes knows that others look on. */
let hasAgreed = false;

/** Guests are offered none: names are the presenter's to show. */
export function useMasking(): void {
  const isOperator = useIsOperator();
  const isMasked = usePresentation((store) => store.isMasked);
  const isSharing = useHostFacts()?.isSharing ?? false;
  const procedures = useProcedures();

  async function unmask(): Promise<void> {
    const { isUnmaskingAsked } = usePresentation.getState();
    if (isUnmaskingAsked) return agreeToUnmask();
    if (isSharing && !hasAgreed && (await hasGuests())) usePresentation.setState({ isUnmaskingAsked: true });
    else present({ isMasked: false });
  }
  /** Not known counts as yes. */
  async function hasGuests(): Promise<boolean> {
    return procedures['room.members']({}).then(
      ({ viewers }) => viewers > 0,
      () => true,
    );
  }
  useActions(
    isOperator
      ? [
          {
            id: 'present.mask',
            title: isMasked ? 'Show names' : 'Mask names',
            group: 'Sharing',
            keys: ['m'],
            run: () => (isMasked ? void unmask() : present({ isMasked: true })),
          },
        ]
      : [],
  );
}

export function agreeToUnmask(): void {
  hasAgreed = true;
  usePresentation.setState({ isMasked: false, isUnmaskingAsked: false });
}

export function stayMasked(): void {
  usePresentation.setState({ isUnmaskingAsked: false });
}
