/** While an import or an analysis runs, everything shown is partial and says so; it stays usable. */
import { useRunningJob } from '../../client/use-job-progress.ts';
import { look } from '../../stores/view-state.ts';
import { Button } from '../../ui/controls.tsx';
import { Icon } from '../../ui/icon.tsx';
import { partialText } from './partial-text.ts';
import './overview.css';

export function PartialBanner() {
  const job = useRunningJob();
  if (!job) return null;
  // Read where it stands; quarters of the way are spoken by Sources, ten figures a second by nobody.
  return (
    <div className="banner warn" role="status" aria-live="off">
      <Icon name="warning" size={15} className="severity-warning" />
      <span>{partialText(job)}</span>
      <Button isSmall onClick={() => look({ view: 'sources' })}>
        Show progress
      </Button>
    </div>
  );
}
