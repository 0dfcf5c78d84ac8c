import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applicationLogImporter } from '../../../../shared/importers/application-log/index.ts';
import { formatUnixNano } from '../../../../shared/model/time.ts';
import { headOf, importBytes, importText, TEST_FILE_TIME, type ImportedFile } from '../../../support/import-file.ts';

interface Row {
  readonly time: string;
  readonly isTimeInferred: boolean;
  readonly severity: number;
  readonly service: string | undefined;
  readonly instance: string | undefined;
  readonly node: string | undefined;
  readonly body: string;
  readonly attributes: Record<string, unknown>;
  readonly traceId: string;
  readonly spanId: string;
  readonly lines: number;
  readonly resource: Record<string, unknown>;
}
function rowsOf(file: ImportedFile): Row[] {
  return file.logs.flatMap((b) =>
    b.body.map((body, i): Row => {
      const resource = b.resources[b.resource[i] ?? 0];
      const hex = (n: bigint | undefined) => (n ?? 0n).toString(16).padStart(16, '0');
      return {
        time: formatUnixNano((b.timeUnixNano[i] ?? 0n) as never),
        isTimeInferred: b.isTimeInferred[i] === 1,
        severity: b.severityNumber[i] ?? -1,
        service: resource?.entity?.type === 'service' ? resource.entity.name : undefined,
        instance: resource?.instance?.name,
        node: resource?.node?.name,
        body,
        attributes: JSON.parse(b.attributesJson[i] || '{}') as Record<string, unknown>,
        traceId: hex(b.traceId[2 * i]) + hex(b.traceId[2 * i + 1]),
        spanId: hex(b.spanId[i]),
        lines: b.lineCount[i] ?? 0,
        resource: { ...resource?.attributes },
      };
    }),
  );
}
async function read(text: string, path = 'app.log'): Promise<Row[]> {
  return rowsOf(await importBytes(applicationLogImporter, new TextEncoder().encode(text), { path }));
}
const confidenceOf = (text: string, path = 'file') =>
  applicationLogImporter.recognise(headOf(new TextEncoder().encode(text), path)).confidence;

describe('plain text with a header', () => {
  it('takes time, level, thread and logger off', async () => {
    const [row] = await read(
      '2024-01-02 03:04:05,678 WARN  [main] com.shop.Cart - stock is low\n2024-01-02 03:04:06,000 INFO  [main] com.shop.Cart - ok\n',
    );
    expect(row).toMatchObject({
      time: '2024-01-02T03:04:05.678000000Z',
      severity: 13,
      body: 'stock is low',
      isTimeInferred: false,
    });
    expect(row?.attributes).toEqual({ 'thread.name': 'main', logger: 'com.shop.Cart' });
  });

  it('reads Spring Boot, Sleuth ids and klog', async () => {
    const spring = await read(
      '2024-01-02T03:04:05.678Z ERROR [cart,0af7651916cd43dd8448eb211c80319c,b7ad6b7169203331] 17 --- [nio-8080-exec-1] c.s.CartController : failed\n'.repeat(
        3,
      ),
    );
    expect(spring[0]).toMatchObject({
      severity: 17,
      service: 'cart',
      traceId: '0af7651916cd43dd8448eb211c80319c',
      spanId: 'b7ad6b7169203331',
      body: 'failed',
    });
    const klog = await read(
      'E0102 03:04:05.678901       7 reflector.go:138] watch failed\nI0102 03:04:06.678901       7 reflector.go:139] ok\n',
    );
    expect(klog[0]).toMatchObject({
      severity: 17,
      body: 'watch failed',
      isTimeInferred: true,
      time: '2024-01-02T03:04:05.678901000Z',
    });
    expect(klog[0]?.attributes).toMatchObject({ 'code.location': 'reflector.go:138', 'process.pid': 7 });
  });

  it('reads syslog of both generations in one file', async () => {
    const rows = await read(
      '<34>Oct 11 22:14:15 mymachine su[230]: denied\n<165>1 2003-08-24T05:14:15.000003-07:00 web1 evntslog 12 ID47 [x@1 iut="3" src="A\\]b"] hello\n',
    );
    expect(rows[0]).toMatchObject({
      severity: 18,
      service: 'su',
      node: 'mymachine',
      body: 'denied',
      isTimeInferred: true,
    });
    expect(rows[1]).toMatchObject({
      severity: 10,
      service: 'evntslog',
      node: 'web1',
      body: 'hello',
      time: '2003-08-24T12:14:15.000003000Z',
    });
    expect(rows[1]?.attributes).toEqual({ 'syslog.msgid': 'ID47', iut: '3', src: 'A]b' });
  });

  it('keeps access lines whole and takes 5xx for errors', async () => {
    const rows = await read(
      '10.0.0.1 - - [02/Jan/2024:03:04:05 +0000] "GET / HTTP/1.1" 503 13 "-" "curl"\n10.0.0.1 - - [02/Jan/2024:03:04:06 +0000] "GET / HTTP/1.1" 200 13 "-" "curl"\n',
    );
    expect(rows.map((r) => [r.severity, r.attributes['http.response.status_code'], r.time.slice(0, 19)])).toEqual([
      [17, 503, '2024-01-02T03:04:05'],
      [9, 200, '2024-01-02T03:04:06'],
    ]);
    expect(rows[0]?.body).toMatch(/^10\.0\.0\.1 - - \[02\/Jan/);
  });

  it('strips colours, and finds trace ids in the text', async () => {
    const [row] = await read(
      '\u001b[32m2024-01-02T03:04:05Z\u001b[0m \u001b[31mERROR\u001b[0m boom trace_id=0af7651916cd43dd8448eb211c80319c span_id=b7ad6b7169203331\n'.repeat(
        2,
      ),
    );
    expect(row).toMatchObject({
      severity: 17,
      traceId: '0af7651916cd43dd8448eb211c80319c',
      spanId: 'b7ad6b7169203331',
    });
    expect(row?.body.startsWith('boom')).toBe(true);
  });

  it('gives lines before the first stamp its time, flagged; a file without stamps the file time', async () => {
    const rows = await read(
      'starting up\n2024-01-02T03:04:05Z INFO a\n2024-01-02T03:04:06Z INFO b\n2024-01-02T03:04:07Z INFO c\n',
    );
    expect(rows[0]).toMatchObject({
      body: 'starting up',
      time: '2024-01-02T03:04:05.000000000Z',
      isTimeInferred: true,
    });
    const yearless = await read('starting up\nI0102 03:04:05.678901 1 a.go:1] a\nI0102 03:04:06.678901 1 a.go:2] b\n');
    expect(yearless[0]).toMatchObject({ body: 'starting up', time: '2024-01-02T03:04:05.678901000Z' });
    expect((await read('nothing dated here\nnor here\n')).map((r) => [r.time, r.isTimeInferred])).toEqual([
      [formatUnixNano(TEST_FILE_TIME), true],
      [formatUnixNano(TEST_FILE_TIME), true],
    ]);
  });

  it('reads zone-less times as UTC, says so, and obeys the zone option', async () => {
    const text = '2024-01-02 03:04:05 INFO a\n2024-01-02 03:04:06 INFO b\n';
    const plain = await importText(applicationLogImporter, text);
    expect(plain.warnings.join()).toContain('without zone');
    const bytes = new TextEncoder().encode(text);
    const zoned = await importBytes(applicationLogImporter, bytes, { importOptions: { 'log.zone': '+02:00' } });
    expect(rowsOf(zoned)[0]?.time).toBe('2024-01-02T01:04:05.000000000Z');
  });
});

const HEAD = '2024-01-02T03:04:05Z ERROR shop.Cart - request failed\n';
const NEXT = '2024-01-02T03:04:06Z INFO shop.Cart - next\n';
const STACKS: readonly (readonly [string, string, string])[] = [
  [
    'Java',
    'java.lang.IllegalStateException: no stock\n\tat com.shop.Cart.add(Cart.java:24)\n\tat com.shop.Main.main(Main.java:3)\nCaused by: java.io.IOException: gone\n\t... 12 more\n',
    'java.lang.IllegalStateException',
  ],
  [
    'Python',
    'Traceback (most recent call last):\n  File "cart.py", line 3, in add\n    stock[0]\nKeyError: 0\n\nDuring handling of the above exception, another exception occurred:\n\nTraceback (most recent call last):\n  File "x.py", line 1, in <module>\nshop.errors.CartError: no stock\n',
    'KeyError',
  ],
  [
    'Node',
    'TypeError: stock is not iterable\n    at add (/app/cart.js:3:7)\n    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)\n',
    'TypeError',
  ],
  [
    'Go',
    'panic: runtime error: index out of range [3]\n\ngoroutine 7 [running]:\nmain.add(0xc000012345, 0x3)\n\t/app/cart.go:12 +0x1d\ncreated by main.main\n\t/app/main.go:7 +0x2a\nexit status 2\n',
    '',
  ],
  [
    '.NET',
    'System.InvalidOperationException: no stock\n ---> System.IO.IOException: gone\n   at Shop.Disk.Read() in /src/Disk.cs:line 9\n   --- End of inner exception stack trace ---\n   at Shop.Cart.Add(Int32 n) in /src/Cart.cs:line 24\n',
    'System.InvalidOperationException',
  ],
  [
    'Ruby',
    "cart.rb:3:in 'add': no stock (RuntimeError)\n\tfrom cart.rb:9:in 'block in run'\n\tfrom main.rb:1:in '<main>'\n",
    '',
  ],
  [
    'PHP',
    'PHP Fatal error:  Uncaught Exception: no stock in /app/cart.php:3\nStack trace:\n#0 /app/main.php(9): add()\n#1 {main}\n  thrown in /app/cart.php on line 3\n',
    '',
  ],
  [
    'Rust',
    "thread 'main' panicked at src/cart.rs:3:5:\nno stock\nstack backtrace:\n   0: rust_begin_unwind\n   1: shop::cart::add\nnote: run with `RUST_BACKTRACE=full`\n",
    '',
  ],
];

describe('stack traces', () => {
  it.each(STACKS)('%s joins the record that logged it', async (_, stack, type) => {
    const rows = await read(NEXT + HEAD + stack + NEXT + NEXT);
    expect(rows.map((r) => r.body.split('\n')[0])).toEqual(['next', 'request failed', 'next', 'next']);
    expect(rows[1]?.lines).toBe(1 + stack.split('\n').filter((line) => line !== '').length);
    if (type !== '') expect(rows[1]?.attributes['exception.type']).toBe(type);
  });

  it('joins traces in a file without headers, and marks them as errors', async () => {
    const rows = await read(
      'one\nTraceback (most recent call last):\n  File "a.py", line 1, in f\nValueError: bad\ntwo\npanic: oh\n\ngoroutine 1 [running]:\nmain.main()\n\t/a.go:1 +0x1\nthree\n',
    );
    expect(rows.map((r) => [r.body.split('\n')[0], r.lines, r.severity])).toEqual([
      ['one', 1, 0],
      ['Traceback (most recent call last):', 3, 17],
      ['two', 1, 0],
      ['panic: oh', 4, 21],
      ['three', 1, 0],
    ]);
  });

  it('does not let a record grow without bound', async () => {
    const rows = await read(HEAD + '\tat a.b.c(D.java:1)\n'.repeat(10_000) + NEXT);
    expect(rows.length).toBeGreaterThan(4);
    expect(rows.reduce((sum, r) => sum + r.lines, 0)).toBe(10_002);
    expect(Math.max(...rows.map((r) => r.lines))).toBeLessThanOrEqual(2_000);
  });
});

describe('structured lines', () => {
  const JSON_LINES: readonly (readonly [string, string, Partial<Row>])[] = [
    [
      'pino',
      '{"level":50,"time":1700000000123,"pid":1,"hostname":"h","name":"cart","msg":"boom"}',
      { severity: 17, service: 'cart', body: 'boom', time: '2023-11-14T22:13:20.123000000Z' },
    ],
    [
      'zap',
      '{"level":"error","ts":1700000000.5,"caller":"a.go:1","msg":"boom"}',
      { severity: 17, body: 'boom', time: '2023-11-14T22:13:20.500000000Z' },
    ],
    [
      'ECS',
      '{"@timestamp":"2024-01-02T03:04:05Z","log":{"level":"WARN"},"message":"m","service":{"name":"cart"},"trace":{"id":"0af7651916cd43dd8448eb211c80319c"},"span":{"id":"b7ad6b7169203331"}}',
      {
        severity: 13,
        service: 'cart',
        body: 'm',
        traceId: '0af7651916cd43dd8448eb211c80319c',
        spanId: 'b7ad6b7169203331',
      },
    ],
    [
      'CLEF',
      '{"@t":"2024-01-02T03:04:05Z","@mt":"Hello {User}","User":"x","@tr":"0af7651916cd43dd8448eb211c80319c"}',
      { severity: 9, body: 'Hello {User}', traceId: '0af7651916cd43dd8448eb211c80319c' },
    ],
    [
      'logback',
      '{"@timestamp":"2024-01-02T03:04:05.1Z","level":"ERROR","logger_name":"c.s.Cart","thread_name":"main","message":"m","stack_trace":"x"}',
      { severity: 17, body: 'm' },
    ],
    [
      'GELF',
      '{"version":"1.1","host":"h1","short_message":"m","timestamp":1700000000.5,"level":3}',
      { severity: 17, node: 'h1', body: 'm' },
    ],
    [
      'journald',
      '{"__REALTIME_TIMESTAMP":"1700000000123456","PRIORITY":"4","_HOSTNAME":"h1","SYSLOG_IDENTIFIER":"sshd","MESSAGE":[104,105]}',
      { severity: 13, service: 'sshd', node: 'h1', body: 'hi', time: '2023-11-14T22:13:20.123456000Z' },
    ],
    [
      'Python',
      '{"asctime":"2024-01-02 03:04:05,678","levelname":"CRITICAL","message":"m","name":"app.cart"}',
      { severity: 18, body: 'm', time: '2024-01-02T03:04:05.678000000Z' },
    ],
    [
      'kubernetes metadata',
      '{"time":"2024-01-02T03:04:05Z","log":"m","kubernetes":{"pod_name":"cart-6b59dff4c-jdkdk","namespace_name":"shop","container_name":"cart"}}',
      { service: 'cart', instance: 'cart-6b59dff4c-jdkdk', body: 'm' },
    ],
    [
      'Datadog',
      '{"timestamp":"2024-01-02T03:04:05Z","status":"x","level":"info","message":"m","dd.trace_id":"1234567890123456789","dd.service":"cart"}',
      { service: 'cart', traceId: '0000000000000000112210f47de98115' },
    ],
    [
      'slog',
      '{"time":"2024-01-02T03:04:05.000000001+01:00","level":"DEBUG","msg":"m","service":"cart"}',
      { severity: 5, service: 'cart', time: '2024-01-02T02:04:05.000000001Z' },
    ],
  ];
  it.each(JSON_LINES)('reads %s', async (_, line, expected) => {
    const [row] = await read(`${line}\n${line}\n`);
    expect(row).toMatchObject(expected);
  });

  it('keeps what has no role as attributes, and long integers exactly', async () => {
    const [row] = await read(
      '{"time":"2024-01-02T03:04:05Z","msg":"m","order":12345678901234567890,"nested":{"a":[1,null]},"__proto__":{"x":1}}\n'.repeat(
        2,
      ),
    );
    expect(row?.attributes['order']).toBe('12345678901234567890');
    expect(row?.attributes['nested']).toEqual({ a: [1, null] });
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });

  it('keeps a broken line among JSON lines as text and says so', async () => {
    const file = await importText(
      applicationLogImporter,
      '{"time":"2024-01-02T03:04:05Z","msg":"a"}\n{"time":"2024-01-02T03:0\n{"time":"2024-01-02T03:04:07Z","msg":"c"}\n',
    );
    expect(rowsOf(file).map((r) => r.body)).toEqual(['a', '{"time":"2024-01-02T03:0', 'c']);
    expect(file.warnings.join()).toContain('1 of 3 records look like JSON');
  });

  it('reads arrays and pretty-printed documents of records', async () => {
    const rows = [
      { timestamp: '2024-01-02T03:04:05Z', level: 'error', message: 'a', service: 'x' },
      { timestamp: '2024-01-02T03:04:06Z', level: 'info', message: 'b', service: 'y' },
    ];
    for (const text of [
      JSON.stringify(rows),
      JSON.stringify(rows, null, 2),
      rows.map((r) => JSON.stringify(r, null, 2)).join('\n'),
    ]) {
      expect(confidenceOf(text)).toBeGreaterThanOrEqual(0.4);
      expect((await read(text)).map((r) => [r.body, r.service, r.severity])).toEqual([
        ['a', 'x', 17],
        ['b', 'y', 9],
      ]);
    }
  });

  it('reads logfmt with quotes and escapes', async () => {
    const [row] = await read(
      'ts=2024-01-02T03:04:05Z level=warn msg="disk \\"a\\" full" service=cart free=3% err=\n'.repeat(2),
    );
    expect(row).toMatchObject({ severity: 13, service: 'cart', body: 'disk "a" full' });
    expect(row?.attributes).toEqual({ free: '3%', err: '' });
  });
});

describe('wrappers', () => {
  it('joins partial CRI lines per stream and prefers the exact time', async () => {
    const rows = await read(
      '2024-01-02T03:04:05.000000001Z stdout P one \n2024-01-02T03:04:05.000000002Z stdout F two\n2024-01-02T03:04:05.000000003Z stderr F ERROR three\n',
    );
    expect(rows.map((r) => [r.body, r.lines, r.time.slice(-5)])).toEqual([
      ['one two', 2, '0002Z'],
      ['three', 1, '0003Z'],
    ]);
  });

  it('reads JSON inside docker json-file, and stacks across its lines', async () => {
    const wrap = (log: string, i: number) =>
      JSON.stringify({ log, stream: 'stdout', time: `2024-01-02T03:04:0${i}.5Z` });
    const json = await read(
      [
        wrap('{"level":"error","msg":"a","service":"cart"}\n', 1),
        wrap('{"level":"info","msg":"b","service":"cart"}\n', 2),
      ].join('\n'),
    );
    expect(json.map((r) => [r.body, r.severity, r.service, r.time])).toEqual([
      ['a', 17, 'cart', '2024-01-02T03:04:01.500000000Z'],
      ['b', 9, 'cart', '2024-01-02T03:04:02.500000000Z'],
    ]);
    const stack = await read(['Error: no\n', '    at f (/a.js:1:1)\n', 'done\n'].map(wrap).join('\n'));
    expect(stack.map((r) => r.lines)).toEqual([2, 1]);
  });

  it('keeps interleaved compose services apart', async () => {
    const rows = await read(
      'web-1   | 2024-01-02T03:04:05Z ERROR failed\ndb-1    | 2024-01-02T03:04:05Z INFO fine\nweb-1   | java.lang.Error: x\nweb-1   | \tat a.b.c(D.java:1)\nweb-1   | 2024-01-02T03:04:06Z INFO ok\n',
    );
    expect(rows.map((r) => [r.service, r.body.split('\n')[0], r.lines])).toEqual(
      expect.arrayContaining([
        ['web', 'failed', 3],
        ['db', 'fine', 1],
        ['web', 'ok', 1],
      ]),
    );
  });

  it('reads kubectl --prefix and the time stamps of must-gather', async () => {
    const [row] = await read(
      '[pod/cart-6b59dff4c-jdkdk/app] 2024-01-02T03:04:05Z INFO a\n[pod/cart-6b59dff4c-jdkdk/app] 2024-01-02T03:04:05Z INFO b\n',
    );
    expect(row).toMatchObject({ service: 'cart', instance: 'cart-6b59dff4c-jdkdk', body: 'a' });
    const stamped = await read(
      '2024-01-02T03:04:05.100000001Z E0102 03:04:05.1 1 a.go:1] bad\n2024-01-02T03:04:05.200000001Z \tgoroutine dump\n2024-01-02T03:04:05.300000001Z I0102 03:04:05.3 1 a.go:2] ok\n',
    );
    expect(stamped.map((r) => [r.severity, r.lines, r.time.slice(-10)])).toEqual([
      [17, 2, '100000001Z'],
      [9, 1, '300000001Z'],
    ]);
  });

  it.each([
    ['x/namespaces/shop/pods/cart-0/app/app/logs/current.log', 'shop', 'cart-0', 'app'],
    ['b/cluster-resources/pods/logs/shop/cart-0/app-previous.log', 'shop', 'cart-0', 'app'],
    ['pods/shop_cart-0_8ff136be-d0ba-4a62-8a88-459ee38d7448/app/0.log', 'shop', 'cart-0', 'app'],
    [`containers/cart-0_shop_app-${'0'.repeat(64)}.log`, 'shop', 'cart-0', 'app'],
  ])('derives the sender from %s', async (path, namespace, pod, container) => {
    const [row] = await read('2024-01-02T03:04:05Z INFO a\n2024-01-02T03:04:06Z INFO b\n', path);
    expect(row?.resource).toMatchObject({
      'k8s.namespace.name': namespace,
      'k8s.pod.name': pod,
      'k8s.container.name': container,
    });
    expect(row?.service).toBe('cart');
  });
});

describe('recognition', () => {
  it.each([
    ['HTML', '<!DOCTYPE html>\n<html><body>2024-01-02T03:04:05Z INFO x</body></html>\n'],
    ['XML', '<?xml version="1.0"?>\n<testsuite name="a" time="1.0">\n<testcase name="b" time="0.1"/>\n</testsuite>\n'],
    ['YAML', 'server:\n  port: 80\n  host: a\nlogging:\n  level: info\n'],
    ['source code', 'import { a } from "b";\n\nfunction f() {\n  return 1;\n}\n\nconst x = f();\n'],
    ['a table', 'Source,Target,Weight\na,b,1\nb,c,2\n'],
    ['a certificate', '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n'],
    ['an exposition', '# HELP a b\n# TYPE a counter\na 1\n'],
    ['OTLP', '{"resourceSpans":[{"scopeSpans":[]}]}\n{"resourceSpans":[]}\n'],
    ['binary', '\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007'.repeat(50)],
    ['nothing', ''],
  ])('leaves %s alone', (_, text) => {
    expect(confidenceOf(text)).toBeLessThan(0.2);
  });

  it('takes any lines of prose, with little confidence', () => {
    const confidence = confidenceOf('service started\nlistening\nsomething happened here\n');
    expect(confidence).toBeGreaterThanOrEqual(0.2);
    expect(confidence).toBeLessThanOrEqual(0.3);
  });
});

describe('any bytes', () => {
  it('are read without a crash, in any chunks alike, and every non-empty line is accounted for', async () => {
    const piece = fc.constantFrom(
      '2024-01-02T03:04:05Z ',
      'INFO ',
      '{"msg":',
      '"a"}',
      '\n',
      '\r\n',
      '\tat x(',
      '[',
      ']',
      '<34>',
      '<34>1 ',
      'Traceback (most recent call last):',
      'k=v ',
      'x="',
      '| ',
      'é',
      ': ',
      'stdout F ',
      'panic: ',
      '\u001b[0m',
      '{',
      '}',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(piece, { maxLength: 60 }),
        fc.integer({ min: 1, max: 40 }),
        async (pieces, chunkBytes) => {
          const text = pieces.join('');
          const bytes = new TextEncoder().encode(text);
          const whole = await importBytes(applicationLogImporter, bytes, { chunkBytes: bytes.length || 1 });
          const parts = await importBytes(applicationLogImporter, bytes, { chunkBytes });
          expect(parts.batches).toEqual(whole.batches);
          applicationLogImporter.recognise(headOf(bytes, 'x'));
        },
      ),
      { numRuns: 300 },
    );
  });
});
