/** Ten steps, the figure and its word: a share that reads from across the room and without colour. */
import { meterSteps, shareText, shareWord } from './shares.ts';

const STEPS = Array.from({ length: 10 }, (_, index) => index);

export function ShareMeter({ hundredths }: { readonly hundredths: number }) {
  const filled = meterSteps(hundredths / 100);
  return (
    <span className="cause-share">
      <span className="cause-meter" aria-hidden="true">
        {STEPS.map((step) => (
          <i key={step} className={step < filled ? 'on' : ''} />
        ))}
      </span>
      <b>{shareText(hundredths)}</b>
      <span className="detail text-3">{shareWord(hundredths / 100)}</span>
    </span>
  );
}
