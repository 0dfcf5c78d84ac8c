import { describe, expect, it } from 'vitest';
import { withoutStaging } from '../../../../renderer/stores/shown-path.ts';

describe('paths as a person knows them', () => {
  it('leave the staging folder out, alone and inside a sentence', () => {
    expect(withoutStaging('/tmp/faultline-staged-18943-MxZ/0f98-dfda/app/checkout.log')).toBe('app/checkout.log');
    expect(withoutStaging('In C:\\Temp\\faultline-staged-1-a\\b2\\x.json 2 of 9 rows are cut.')).toBe(
      'In x.json 2 of 9 rows are cut.',
    );
  });
  it('leave every other path alone', () => {
    for (const path of ['/data/bundle.tar.gz!/logs/a.log', 'https://faultline-staged/', ''])
      expect(withoutStaging(path)).toBe(path);
  });
});
