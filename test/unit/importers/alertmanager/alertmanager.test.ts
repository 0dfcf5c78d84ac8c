import { describe, expect, it } from 'vitest';
import { alertmanagerImporter } from '../../../../shared/importers/alertmanager/index.ts';
import { parseRfc3339 } from '../../../../shared/model/time.ts';
import { importText } from '../../../support/import-file.ts';

const labels = { alertname: 'HighErrors', service: 'cart', pod: 'cart-7d9f8b6c5d-xk2qp', severity: 'warning' };
const alert = {
  labels,
  annotations: { summary: 'too many errors' },
  startsAt: '2024-05-01T10:00:00.5Z',
  endsAt: '2024-05-01T10:14:00Z',
  updatedAt: '2024-05-01T10:10:00Z',
  fingerprint: 'f1',
  generatorURL: 'http://p/graph?g0.expr=sum%28rate%28http_errors_total%5B5m%5D%29%29+%3E+0.05&g0.tab=1',
  status: { state: 'active', silencedBy: [], inhibitedBy: [] },
};

describe('Alertmanager', () => {
  it('reads an alert of the API; an end in the future means it still fires', async () => {
    const [read] = (await importText(alertmanagerImporter, JSON.stringify([alert]))).alerts;
    expect(read).toMatchObject({
      externalId: 'f1',
      name: 'HighErrors',
      summary: 'too many errors',
      severity: 'warning',
      state: 'firing',
      startTime: parseRfc3339('2024-05-01T10:00:00.5Z'),
      signal: { kind: 'metric', name: 'http_errors_total', direction: 'up' },
    });
    expect(read?.endTime).toBeUndefined();
    expect(read?.entities[0]).toEqual({ type: 'instance', name: 'cart-7d9f8b6c5d-xk2qp' });
    expect(read?.entities[1]).toEqual({ type: 'service', name: 'cart' });
  });

  it('folds repeats of notifications into the latest state', async () => {
    const webhook = (status: string, endsAt: string) =>
      JSON.stringify({
        version: '4',
        groupKey: 'g',
        groupLabels: {},
        truncatedAlerts: 2,
        status,
        alerts: [{ ...alert, status, endsAt, updatedAt: undefined }],
      });
    const text = [
      webhook('firing', '0001-01-01T00:00:00Z'),
      webhook('firing', '0001-01-01T00:00:00Z'),
      webhook('resolved', '2024-05-01T10:30:00Z'),
    ].join('\n');
    const file = await importText(alertmanagerImporter, text);
    expect([file.alerts.length, file.duplicates]).toEqual([1, 2]);
    expect(file.alerts[0]).toMatchObject({ state: 'resolved', endTime: parseRfc3339('2024-05-01T10:30:00Z') });
    expect(file.warnings).toEqual(['Alertmanager left out 2 alerts of a notification (truncatedAlerts).']);
  });

  it('keeps two episodes of one alert apart', async () => {
    const file = await importText(
      alertmanagerImporter,
      JSON.stringify([alert, { ...alert, startsAt: '2024-05-02T10:00:00Z' }]),
    );
    expect([file.alerts.length, file.duplicates]).toEqual([2, 0]);
  });

  it('reads groups, and says of silences and of alerts without a start why they are not kept', async () => {
    const groups = [
      {
        labels: {},
        receiver: { name: 'r' },
        alerts: [alert, { ...alert, fingerprint: 'f2', status: { state: 'suppressed' } }],
      },
    ];
    const file = await importText(alertmanagerImporter, JSON.stringify(groups));
    expect(file.alerts.map((a) => a.state)).toEqual(['firing', 'suppressed']);
    const silences = [
      { id: 's', matchers: [{ name: 'a', value: 'b', isRegex: false }], startsAt: '2024-05-01T10:00:00Z' },
    ];
    const rest = await importText(alertmanagerImporter, JSON.stringify([...silences, { labels }, 3]));
    expect([rest.alerts.length, rest.rejected.length]).toEqual([0, 3]);
  });
});
