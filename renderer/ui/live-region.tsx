/** Where `announce` is read aloud, masked like what is read by eye. One for the whole page. */
import { useStore } from 'zustand';
import { announcement } from '../stores/announce.ts';
import { useNaming } from '../stores/naming.ts';

export function LiveRegion() {
  return (
    <div className="visually-hidden" role="status" aria-live="polite">
      {useNaming().text(useStore(announcement).text)}
    </div>
  );
}
