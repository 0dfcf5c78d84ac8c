/** Where `announce` is read aloud. One for the whole page. */
import { useStore } from 'zustand';
import { announcement } from '../stores/announce.ts';

export function LiveRegion() {
  return (
    <div className="visually-hidden" role="status" aria-live="polite">
      {useStore(announcement).text}
    </div>
  );
}
