/** A box to choose a row of a list by; the keyboard works on the list, so the box itself is no stop of Tab. */
export function CheckBox(properties: {
  readonly label: string;
  readonly state: 'none' | 'some' | 'all';
  readonly onToggle: (isExtending: boolean) => void;
}) {
  const { state, onToggle } = properties;
  return (
    <label className="check-box" title={properties.label}>
      <input
        type="checkbox"
        tabIndex={-1}
        aria-label={properties.label}
        checked={state === 'all'}
        ref={(input) => {
          if (input) input.indeterminate = state === 'some';
        }}
        onChange={(event) => onToggle(event.nativeEvent instanceof MouseEvent && event.nativeEvent.shiftKey)}
      />
    </label>
  );
}
