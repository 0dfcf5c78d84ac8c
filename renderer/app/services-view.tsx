/** Services with their metrics: the two features meet here. */
import { MetricPanel } from '../features/metrics/metric-panel.tsx';
import { MetricsBrowser } from '../features/metrics/metrics-browser.tsx';
import { ServiceView } from '../features/service/service-view.tsx';

const METRICS = { Browser: MetricsBrowser, Panel: MetricPanel };

export function ServicesView() {
  return <ServiceView metrics={METRICS} />;
}
