/** A small bundle of OTLP JSON, made by hand from the specification's shapes. */
const START = 1_750_000_000_000_000_000n;

/** One server span per second: `count` of them, of one service, all well. */
export function otlpTraces(service: string, count: number): string {
  const spans = Array.from({ length: count }, (_, index) => {
    const start = START + BigInt(index) * 1_000_000_000n;
    return {
      traceId: (index + 1).toString(16).padStart(32, '0'),
      spanId: (index + 1).toString(16).padStart(16, '0'),
      name: 'GET /',
      kind: 2,
      startTimeUnixNano: String(start),
      endTimeUnixNano: String(start + 5_000_000n),
      attributes: [{ key: 'note', value: { stringValue: '=1+1' } }],
      status: {},
    };
  });
  const attributes = [{ key: 'service.name', value: { stringValue: service } }];
  return JSON.stringify({ resourceSpans: [{ resource: { attributes }, scopeSpans: [{ scope: {}, spans }] }] });
}
