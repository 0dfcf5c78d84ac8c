/** The nine views, one click or one digit away. A dot says that something in one needs a look. */
import { useMemo } from 'react';
import { useRunningJob } from '../client/use-job-progress.ts';
import { useQuery } from '../client/use-query.ts';
import { needsLook, sourceRows } from '../features/sources/source-files.ts';
import { useTellAddress } from '../stores/view-address.ts';
import { look, useViewStore, viewStateOf, VIEWS } from '../stores/view-state.ts';
import { Icon } from '../ui/icon.tsx';
import { VIEW_ENTRIES } from './views.tsx';

export function Rail() {
  const store = useViewStore();
  const tellAddress = useTellAddress();
  const files = useQuery('import.files', {}).data?.files;
  const readingPath = useRunningJob()?.path ?? '';
  const looks = useMemo(() => sourceRows(files ?? [], readingPath).filter(needsLook).length, [files, readingPath]);
  return (
    <nav className="rail" aria-label="Views">
      <svg className="rail-logo" viewBox="0 0 28 28" aria-hidden="true">
        <rect x="1" y="1" width="26" height="26" rx="7" />
        <path d="M4.500 13h5l3-5.500 2.500 13 3-7.500h5.500" />
      </svg>
      {VIEW_ENTRIES.map(({ view, title, icon }) => (
        <a
          key={view}
          href={tellAddress({ ...viewStateOf(store), view })}
          aria-current={store.view === view ? 'page' : undefined}
          title={`${title} (${VIEWS.indexOf(view) + 1})`}
          onClick={(event) => {
            if (event.ctrlKey || event.metaKey || event.shiftKey) return;
            event.preventDefault();
            look({ view });
          }}
        >
          <Icon name={icon} size={18} />
          <span>{title}</span>
          {view === 'sources' && looks > 0 && (
            <i className="rail-dot">
              <span className="visually-hidden">{looks} files need a look</span>
            </i>
          )}
        </a>
      ))}
    </nav>
  );
}
