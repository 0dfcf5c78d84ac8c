/** What presenting puts over or instead of the working screen; its code is loaded when it is first needed. */
import { lazy, Suspense } from 'react';
import type { ReactNode } from 'react';
import { useActions } from '../stores/actions.ts';
import { present, usePresentation } from '../stores/presentation.ts';
import { NoteComposer } from '../features/notes/note-composer.tsx';
import { FrozenScreen } from '../features/presenter/frozen-screen.tsx';
import { RoomSync } from '../features/presenter/room-sync.tsx';
import { MaskedNames } from '../features/masking/masked-names.tsx';
import { UnmaskQuestion } from '../features/masking/unmask-question.tsx';
import { useMasking } from '../features/masking/use-masking.ts';
import { LoadingState } from '../ui/states.tsx';

const PresenterScreen = lazy(async () => ({
  default: (await import('../features/presenter/presenter-screen.tsx')).PresenterScreen,
}));

/** The working screen, or the presenter's in its place. */
export function PresentationLayer({ children }: { readonly children: ReactNode }) {
  const isPresenting = usePresentation((store) => store.isPresenting);
  useMasking();
  useActions([
    {
      id: 'present.start',
      title: 'Present',
      group: 'Sharing',
      keys: ['p'],
      isDisabled: isPresenting,
      run: () => present({ isPresenting: true }),
    },
  ]);
  return (
    <>
      <RoomSync />
      <MaskedNames />
      <UnmaskQuestion />
      <FrozenScreen />
      <NoteComposer />
      {isPresenting ? (
        <Suspense fallback={<LoadingState what="Opening the presenter's screen." />}>
          <PresenterScreen />
        </Suspense>
      ) : (
        children
      )}
    </>
  );
}
