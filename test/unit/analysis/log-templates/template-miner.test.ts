import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TemplateMiner } from '../../../../shared/analysis/log-templates/template-miner.ts';

const idOf = (message: string): string => new TemplateMiner().keyOf(message).id;
const textOf = (message: string): string => new TemplateMiner().keyOf(message).text;

/** Messages that an engineer would call the same event. */
const SAME: readonly (readonly [string, string])[] = [
  ['user 17 logged in from 10.0.0.1:8080', 'user 4242 logged in from fe80::a1:2%eth0'],
  ['GET https://shop.example/cart?id=1&x=y took 12 ms', 'GET http://10.0.0.2/ took 1.5 s'],
  ['opened /var/log/app/current.log', 'opened /etc/passwd'],
  ['opened C:\\Program\\x.dll now', 'opened D:\\y now'],
  ['estimated size 5.2 KB', 'estimated size 900 B'],
  ['session 3f2504e0-4f89-11d3-9a0c-0305e82c3301 expired', 'session 00000000-0000-0000-0000-000000000001 expired'],
  ['mac 00:1b:44:11:3a:b7 seen', 'mac aa:bb:cc:dd:ee:0f seen'],
  ['backup of Jul  4 05:06:07 2017 done', 'backup of Tue Dec 24 23:00:01 2019 done'],
  ['lock held by Worker@1f3c9', 'lock held by Session@77aa01'],
  ['a=1, b=left, c=x, d=y', 'a=2, b=right, c=z, d=null'],
  ['ids [1, 2, 3]', 'ids [7]'],
  ['\u001b[31mfailed\u001b[0m after 3', 'failed after 4'],
];
/** Messages that are different events although they look alike. */
const DIFFERENT: readonly (readonly [string, string])[] = [
  ['link eth0 up', 'link eth0 down'],
  ['"GET /v2/servers/detail HTTP/1.1" status: 200', '"POST /v2/servers/detail HTTP/1.1" status: 200'],
  ['a=1, b=true, c=x, d=y', 'a=1, b=false, c=x, d=y'],
  ['Cache::get failed', 'Cache::put failed'],
  ['connection refused', 'connection reset'],
];

describe('TemplateMiner', () => {
  it.each(SAME)('gives one id to %j and %j', (a, b) => {
    expect(idOf(a)).toBe(idOf(b));
  });
  it.each(DIFFERENT)('tells %j from %j', (a, b) => {
    expect(idOf(a)).not.toBe(idOf(b));
  });
  it('prints what a person reads', () => {
    expect(textOf('user 17 logged in from 10.0.0.1:8080')).toBe('user <*> logged in from <*>');
    expect(textOf('took 12 ms (limit 5 ms)')).toBe('took <*> ms (limit <*> ms)');
  });
  it('gives messages without any constant an id by shape', () => {
    expect(idOf('12345')).toBe(idOf('9.5'));
    expect(idOf('12345')).not.toBe(idOf('/var/lib/x'));
  });

  it('is a function of the message alone: order and neighbours do not matter', () => {
    const words = fc.constantFrom('open', 'close', 'file', '17', '/a/b', 'x=3', '"q"', 'k', '::', 'true', '\n', 'at');
    const messages = fc.array(
      fc.array(words, { maxLength: 12 }).map((parts) => parts.join(' ')),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(messages, (list) => {
        const miner = new TemplateMiner();
        const together = list.map((message) => miner.keyOf(message).id);
        expect(together).toEqual(list.map(idOf));
      }),
    );
  });
  it('never throws, whatever the characters', () => {
    const miner = new TemplateMiner();
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 3_000 }), (text) => {
        expect(miner.keyOf(text).id).toMatch(/^[0-9a-f]{16}$/);
      }),
    );
  });
  it('ignores the digits of numbers', () => {
    const miner = new TemplateMiner();
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (a, b) => {
        expect(miner.keyOf(`order ${a} failed`).id).toBe(miner.keyOf(`order ${b} failed`).id);
      }),
    );
  });
});

const JAVA = (line: number, type = 'IllegalStateException'): string =>
  `Request ${line} failed\njava.lang.RuntimeException: wrapped\n\tat com.shop.Web.handle(Web.java:${line})\n` +
  `Caused by: java.lang.${type}: order ${line}\n\tat java.util.Optional.get(Optional.java:1)\n` +
  `\tat com.shop.Cart.add(Cart.java:${line})\n\tat com.shop.Cart.run(Cart.java:9)\n\t... 12 more`;

describe('stack traces', () => {
  it('have one signature whatever the line numbers, with own frames of the innermost cause', () => {
    expect(idOf(JAVA(1))).toBe(idOf(JAVA(77)));
    expect(textOf(JAVA(5))).toContain('java.lang.IllegalStateException at com.shop.Cart.add < com.shop.Cart.run');
    expect(textOf(JAVA(5))).toContain('Request <*> failed');
    expect(idOf(JAVA(1))).not.toBe(idOf(JAVA(1, 'NullPointerException')));
  });
  it('are understood in Python, Go and Node', () => {
    const python =
      'Traceback (most recent call last):\n  File "/app/shop/web.py", line 3, in handle\n    cart.add(1)\n' +
      '  File "/usr/lib/python3/site-packages/lib/x.py", line 9, in call\n    go()\n' +
      '  File "/app/shop/cart.py", line 7, in add\n    raise ValueError(1)\nValueError: bad 1';
    expect(textOf(python)).toContain('ValueError at cart.py:add < web.py:handle');
    const go =
      'panic: runtime error: index out of range [5]\n\ngoroutine 1 [running]:\nruntime.gopanic(0x1)\n' +
      '\t/usr/local/go/src/runtime/panic.go:1 +0x1\nmain.(*Cart).Add(0xc0001, 0x5)\n\t/app/cart.go:17 +0x1d\n' +
      'main.main()\n\t/app/main.go:9 +0x2';
    expect(textOf(go)).toContain('panic at main.(*Cart).Add < main.main');
    const node =
      "TypeError: Cannot read properties of undefined (reading 'id')\n    at Cart.add (/app/src/cart.js:10:5)\n" +
      '    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)\n' +
      '    at async handle (/app/src/web.js:3:1)';
    expect(textOf(node)).toContain('TypeError at Cart.add < handle');
  });
  it('leave other multi-line messages to the ordinary rules', () => {
    expect(idOf('config:\n  retries 3\n  hosts 5')).toBe(idOf('config:\n  retries 9\n  hosts 1'));
  });
});
