/** The case, where I was, what I can undo, the command box, the room, and how the screen looks. */
import { runAction, shownKey, useAction } from '../stores/actions.ts';
import { usePresentation } from '../stores/presentation.ts';
import { setPreference, usePreferences } from '../stores/preferences.ts';
import type { Theme } from '../stores/preferences.ts';
import { redoStep, undoStep, useSteps } from '../stores/deeds.ts';
import { useIsOperator } from '../client/engine-context.tsx';
import { MaskedChip } from '../features/masking/masked-chip.tsx';
import { Button, Chip, IconButton } from '../ui/controls.tsx';
import { Icon } from '../ui/icon.tsx';
import type { IconName } from '../ui/icon.tsx';
import { Menu } from '../ui/menu.tsx';
import { CaseMenu } from './case-menu.tsx';
import { CommandBox } from './command-box.tsx';
import { RoomChip } from './room-chip.tsx';

export function TopBar() {
  const isOperator = useIsOperator();
  return (
    <header className="top-bar">
      <div className="top-bar-case">
        <CaseMenu />
        <History />
      </div>
      <CommandBox />
      <div className="top-bar-screen">
        {isOperator ? <RoomChip /> : <GuestChips />}
        <MaskedChip />
        <ThemeMenu />
        <PresentButton />
      </div>
    </header>
  );
}

/** A guest reads along. Going somewhere by hand leaves the presenter; the button returns. */
function GuestChips() {
  const { isFollowing, presenter } = usePresentation();
  const who = presenter === '' ? 'the presenter' : presenter;
  return (
    <>
      <Chip look="outlined" icon="lock" title="Nothing you do here changes the case.">
        viewer
      </Chip>
      {isFollowing ? (
        <span className="detail text-3 cut" dir="auto">
          following {who}
        </span>
      ) : (
        <Button isSmall onClick={() => usePresentation.setState({ isFollowing: true })}>
          Follow {who}
        </Button>
      )}
    </>
  );
}

function History() {
  const { undoTitle, redoTitle } = useSteps();
  return (
    <div className="row top-bar-history">
      <IconButton icon="back" label="Where I was (Alt ←)" onClick={() => window.history.back()} />
      <IconButton icon="forward" label="Where I went (Alt →)" onClick={() => window.history.forward()} />
      <IconButton
        icon="undo"
        label={`${undoTitle ?? 'Undo'} (Ctrl Z)`}
        isDisabled={undoTitle === null}
        onClick={undoStep}
      />
      <IconButton
        icon="redo"
        label={`${redoTitle ?? 'Redo'} (Ctrl ⇧Z)`}
        isDisabled={redoTitle === null}
        onClick={redoStep}
      />
    </div>
  );
}

const THEME_LABELS: Readonly<Record<Theme, { readonly label: string; readonly icon: IconName }>> = {
  dark: { label: 'Dark', icon: 'theme' },
  light: { label: 'Light', icon: 'theme' },
  contrast: { label: 'High contrast', icon: 'theme' },
  system: { label: 'As the system', icon: 'theme' },
};

function ThemeMenu() {
  const theme = usePreferences((preferences) => preferences.theme);
  return (
    <Menu
      label="Theme"
      align="end"
      button={<Icon name="theme" />}
      items={(Object.keys(THEME_LABELS) as Theme[]).map((value) => ({
        id: value,
        label: THEME_LABELS[value].label,
        isChosen: value === theme,
        onChoose: () => setPreference({ theme: value }),
      }))}
    />
  );
}

function PresentButton() {
  const action = useAction('present.start');
  const ownKeys = usePreferences((preferences) => preferences.keys);
  if (!action) return null;
  const key = shownKey(action, ownKeys);
  return (
    <button type="button" className="button top-bar-present" onClick={() => runAction('present.start')}>
      <Icon name="present" size={14} />
      <span>Present</span>
      {key !== null && <kbd aria-hidden="true">{key.toUpperCase()}</kbd>}
    </button>
  );
}
