/** While an import or an analysis runs, everything shown is partial and says so; it stays usable. */
import { useQuery } from '../../client/use-query.ts';
import { countText, percentText } from '../../stores/time-format.ts';
import { look } from '../../stores/view-state.ts';
import { Button } from '../../ui/controls.tsx';
import { Icon } from '../../ui/icon.tsx';
import './overview.css';

export function PartialBanner() {
  const running = useQuery('job.list', {}).data?.jobs.filter(({ status }) => status === 'running') ?? [];
  const job = running.find(({ kind }) => kind === 'import') ?? running[0];
  if (!job) return null;
  const { filesDone, rows, share } = job.progress;
  return (
    <div className="banner warn" role="status">
      <Icon name="warning" size={15} className="severity-warning" />
      <span>
        {job.kind === 'import'
          ? `From the first ${filesDone} ${filesDone === 1 ? 'file' : 'files'}, ${countText(rows)} rows, ${percentText(share)} read. Ranks can still move.`
          : `Ranking anew, ${percentText(share)} done. What stands here is the answer before.`}
      </span>
      <Button isSmall onClick={() => look({ view: 'sources' })}>
        Show progress
      </Button>
    </div>
  );
}
