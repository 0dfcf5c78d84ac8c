/** Says for as long as it is so that names are masked, and which are not. For who may show them again it is the button. */
import { useAction } from '../../stores/actions.ts';
import { useMaskedWords, useNaming } from '../../stores/naming.ts';
import { Icon } from '../../ui/icon.tsx';
import { IconButton } from '../../ui/controls.tsx';
import './masking.css';

/** For the frame. Guests of a room that is not masked see nothing. */
export function MaskedChip() {
  const action = useAction('present.mask');
  const { isMasked } = useNaming();
  const { words, title } = useMaskedWords();
  if (!isMasked) return action ? <IconButton icon="mask" label="Mask names (M)" onClick={action.run} /> : null;
  if (!action) {
    return (
      <span className="masked-chip" title={`${title} The presenter masks them; they also stay so until one is here.`}>
        <Icon name="mask" size={13} /> <span>{words}</span>
      </span>
    );
  }
  return (
    <button type="button" className="masked-chip" title={`${title} Show names (M)`} aria-pressed onClick={action.run}>
      <Icon name="mask" size={13} /> <span>{words}</span>
    </button>
  );
}
