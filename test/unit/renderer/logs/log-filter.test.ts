import { describe, expect, it } from 'vitest';
import { logFilterOf } from '../../../../renderer/features/logs/log-filter.ts';
import { parseLogQuery } from '../../../../renderer/features/logs/log-query.ts';

const asked = (text: string) => logFilterOf(parseLogQuery(text));

describe('the filter asked of the engine', () => {
  it('quotes every word, so that none is taken for an operator of the full-text search', () => {
    expect(asked('timeout OR conn* "a ""b"').filter.text).toBe('"timeout" AND "OR" AND "conn"* AND "a b"');
    expect(asked('slow query -retry -"gave up"').filter.text).toBe('("slow" AND "query") NOT "retry" NOT "gave up"');
    expect(asked('slow -retry').filter.text).toBe('"slow" NOT "retry"');
  });

  it('says when words can only be left out of something', () => {
    const { filter, problems } = asked('-retry');
    expect(filter).toEqual({});
    expect(problems).toHaveLength(1);
  });

  it('leaves out what no row can be found by', () => {
    const { filter, problems } = asked('--- ok');
    expect(filter.text).toBe('"ok"');
    expect(problems).toHaveLength(1);
  });

  it('meets all levels at once', () => {
    expect(asked('level>=warn').filter).toEqual({ minSeverity: 13 });
    expect(asked('level=info').filter).toEqual({ minSeverity: 9, maxSeverity: 12 });
    expect(asked('level<=error').filter).toEqual({ maxSeverity: 20 });
  });

  it('tells entities, templates, traces and attributes apart', () => {
    expect(asked('service:cart template:t1 -template:t2 trace:ABC1 http.route:/x -pod:p').filter).toEqual({
      entity: { type: 'service', name: 'cart' },
      templateIds: ['t1'],
      excludedTemplateIds: ['t2'],
      traceId: 'abc1',
      fields: [
        { key: 'http.route', value: '/x', isExcluded: false },
        { key: 'pod', value: 'p', isExcluded: true },
      ],
    });
    expect(asked('-service:cart').filter.fields).toEqual([{ key: 'service.name', value: 'cart', isExcluded: true }]);
  });
});
