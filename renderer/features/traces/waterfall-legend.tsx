/** What bars and lines of the waterfall mean, always in sight. */

export function WaterfallLegend() {
  return (
    <ul className="traces-legend detail text-2" aria-label="Legend">
      <li>
        <i className="is-path" /> critical path
      </li>
      <li>
        <i className="is-waiting" /> waiting
      </li>
      <li>
        <i className="is-holding" /> holding
      </li>
      <li>
        <i className="is-hollow" /> children at work
      </li>
      <li>
        <i className="is-working" /> working
      </li>
      <li>
        <i className="is-log" /> log row
      </li>
    </ul>
  );
}
