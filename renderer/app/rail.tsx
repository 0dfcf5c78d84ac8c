/** The nine views, one click or one digit away. */
import { addressOf } from '../stores/view-address.ts';
import { look, useViewStore, viewStateOf } from '../stores/view-state.ts';
import { Icon } from '../ui/icon.tsx';
import { VIEW_ENTRIES } from './views.tsx';

export function Rail() {
  const store = useViewStore();
  return (
    <nav className="rail" aria-label="Views">
      <svg className="rail-logo" viewBox="0 0 28 28" aria-hidden="true">
        <rect x="1" y="1" width="26" height="26" rx="7" />
        <path d="M4.500 13h5l3-5.500 2.500 13 3-7.500h5.500" />
      </svg>
      {VIEW_ENTRIES.map(({ view, title, icon }, index) => (
        <a
          key={view}
          href={addressOf({ ...viewStateOf(store), view })}
          aria-current={store.view === view ? 'page' : undefined}
          title={`${title} (${index + 1})`}
          onClick={(event) => {
            if (event.ctrlKey || event.metaKey || event.shiftKey) return;
            event.preventDefault();
            look({ view });
          }}
        >
          <Icon name={icon} size={18} />
          <span>{title}</span>
        </a>
      ))}
    </nav>
  );
}
