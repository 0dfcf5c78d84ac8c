import { describe, expect, it } from 'vitest';
import type { CauseItem } from '../../../../shared/analysis/rca/cause-item.ts';
import { confidences } from '../../../../shared/analysis/rca/confidence.ts';
import { classifyFault } from '../../../../shared/analysis/rca/fault-kind.ts';

function item(part: Partial<CauseItem>): CauseItem {
  return {
    entity: 0,
    term: 'errors',
    signal: 'trace',
    aspect: 'error-origin',
    weight: 3,
    onsetNs: 0,
    onsetUncertaintyNs: 0,
    text: 't',
    refs: [],
    ...part,
  };
}
const plain = { type: 'service', isAfterDeployment: false, isAfterSetting: false } as const;
const failing = item({ hint: 'code_error' });

describe('kind of fault', () => {
  it('a message that names the cause outweighs the errors it brings', () => {
    const said = item({ signal: 'log', aspect: 'mentioned', weight: 2, hint: 'certificate_expiry' });
    expect(classifyFault([failing, said], { ...plain, isAfterDeployment: true })).toBe('certificate_expiry');
  });
  it('own errors after an own deployment are the deployment, without one they are code', () => {
    expect(classifyFault([failing], { ...plain, isAfterDeployment: true })).toBe('bad_deployment');
    expect(classifyFault([failing], plain)).toBe('code_error');
  });
  it('slowness is told by what is slow', () => {
    const slow = [item({ aspect: 'own-time', hint: 'slow_dependency' })];
    expect(classifyFault(slow, { ...plain, type: 'queue' })).toBe('queue_backlog');
    expect(classifyFault(slow, { ...plain, type: 'database' })).toBe('slow_query');
    expect(classifyFault(slow, { ...plain, type: 'external' })).toBe('third_party_outage');
  });
});
describe('confidence', () => {
  it('all hypotheses and what the case does not show share one', () => {
    for (const scores of [
      [5, 4.9, 4.8, 4.7],
      [9, 0.1],
      [0.2, 0.1, 0.1],
    ]) {
      const ranked = scores.map((score, entity) => ({ entity, score, items: [failing], changes: [], hasRival: false }));
      const shares = confidences(ranked, 1);
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeLessThanOrEqual(1);
      expect(Math.max(...shares)).toBe(shares[0]);
    }
  });
  const alone = (item: CauseItem, score: number, runnerUp = 0.5): number =>
    confidences(
      [score, runnerUp].map((points, entity) => ({
        entity,
        score: points,
        items: [{ ...item, weight: points }],
        changes: [],
        hasRival: false,
      })),
      1,
    )[0]!;
  it('reports without a measurement behind them are believed less, however many points they have', () => {
    expect(alone({ ...failing, signal: 'alert' }, 9)).toBeLessThan(0.6);
    expect(alone(failing, 9)).toBeGreaterThan(0.85);
  });
  it('little evidence is little believed, and a close rival takes its part', () => {
    expect(alone(failing, 0.3, 0)).toBeLessThan(0.3);
    expect(alone(failing, 4, 3.9)).toBeLessThan(alone(failing, 4, 0.4));
  });
});
