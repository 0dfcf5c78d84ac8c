import { crc32 as zlibCrc32, deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { themeFrom } from '../../../../renderer/graph/draw/theme.ts';
import { graphToSvg } from '../../../../renderer/graph/export/export-graph.ts';
import { crc32, withDescription } from '../../../../renderer/graph/export/png-description.ts';
import { computeLayout } from '../../../../renderer/graph/layout/compute-layout.ts';
import { layoutRequest, NO_PLACES } from '../../../../renderer/graph/layout/layout-request.ts';
import { placementOf } from '../../../../renderer/graph/layout/placement.ts';
import type { Scene } from '../../../../renderer/graph/model/scene.ts';
import { sampleData, sampleScene } from './sample-graph.ts';

const theme = themeFrom((token) => (token === '--font-ui' ? "'Inter', sans-serif" : '#123456'));

function svgOf(scene: Scene): string {
  const place = placementOf(computeLayout(layoutRequest(scene, NO_PLACES)), new Set());
  return graphToSvg({ scene, place, theme, measure: (text) => text.length * 6 });
}

/** A small strict reader: throws unless every tag closes, every attribute is quoted and every `&` is an entity. */
function textOfXml(xml: string): string {
  const open: string[] = [];
  let text = '';
  let at = 0;
  const tag = /<(\/?)([a-z]+)((?:\s+[a-zA-Z:-]+="[^"<]*")*)\s*(\/?)>/y;
  while (at < xml.length) {
    if (xml[at] !== '<') {
      const end = xml.indexOf('<', at) < 0 ? xml.length : xml.indexOf('<', at);
      text += xml.slice(at, end);
      at = end;
      continue;
    }
    tag.lastIndex = at;
    const match = tag.exec(xml);
    if (!match) throw new Error(`not a tag: ${xml.slice(at, at + 80)}`);
    const [whole, closing, name = '', , isEmpty] = match;
    if (closing) {
      if (open.pop() !== name) throw new Error(`</${name}> closes nothing`);
    } else if (!isEmpty) open.push(name);
    at += whole.length;
  }
  if (open.length > 0) throw new Error(`open: ${open.join(' ')}`);
  if (/&(?!(amp|lt|gt|quot|#39);)/.test(xml)) throw new Error('a bare &');
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(xml)) throw new Error('a control character');
  return text;
}

describe('graphToSvg', () => {
  it('draws the whole with its sentence, path and values', () => {
    const scene = sampleScene(sampleData('web>cart cart>db', { db: 'failing', cart: 'failing' }), {
      cause: 'db',
      explains: ['cart'],
      changeText: 'deployed 2.42.0 · 14:01:52',
    });
    const text = textOfXml(svgOf(scene));
    expect(text).toContain(
      '3 of 3 entities shown, 2 failing, 0 degraded, 1 at risk. The fault travels from db to cart.',
    );
    for (const part of ['web', 'cart', '80\u202fms · 20\u202f% err', 'deployed 2.42.0 · 14:01:52', 'at risk'])
      expect(text).toContain(part);
  });

  it('draws boxes of a grouped scene with their counts', () => {
    const data = sampleData('a>b b>c', { b: 'failing' }, { namespaces: { a: 'front', b: 'back', c: 'back' } });
    const text = textOfXml(svgOf(sampleScene(data, { form: 'grouped' })));
    expect(text).toContain('front');
    expect(text).toContain('1 of 2');
  });

  it('stays well-formed and inert whatever things are called', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }),
      fc.constantFrom(
        '<script>alert(1)</script>',
        '"/><image href="x" onerror="y"/>',
        ']]>&nope;',
        '\u202Eevil',
        '\u0000\u0007\uD800',
        'x'.repeat(10_240),
        'عربة التسوق',
      ),
    );
    fc.assert(
      fc.property(hostile, hostile, (one, other) => {
        const scene = sampleScene(sampleData('a>b b>c', { b: 'failing', c: 'failing' }), {
          cause: 'c',
          explains: ['b'],
          changeText: other,
          nameOf: ({ name }) => (name === 'a' ? other : one),
        });
        const svg = svgOf(scene);
        textOfXml(svg);
        expect(svg).not.toMatch(/<(script|image|foreignObject|a)\b/);
      }),
      { numRuns: 60 },
    );
  });
});

describe('withDescription', () => {
  it('adds a chunk whose check sum others agree with, and leaves the rest alone', () => {
    const chunk = (type: string, data: Uint8Array): Buffer => {
      const body = Buffer.concat([Buffer.from(type), data]);
      const length = Buffer.alloc(4);
      length.writeUInt32BE(data.length);
      const sum = Buffer.alloc(4);
      sum.writeUInt32BE(zlibCrc32(body));
      return Buffer.concat([length, body, sum]);
    };
    const head = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    const ihdr = chunk('IHDR', Uint8Array.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]));
    const rest = Buffer.concat([chunk('IDAT', deflateSync(Uint8Array.from([0, 0]))), chunk('IEND', new Uint8Array(0))]);
    const out = Buffer.from(withDescription(new Uint8Array(Buffer.concat([head, ihdr, rest])), '2 von 3 – größer'));
    const added = out.subarray(head.length + ihdr.length, out.length - rest.length);
    expect(out.subarray(out.length - rest.length)).toEqual(rest);
    expect(added.readUInt32BE(0)).toBe(added.length - 12);
    expect(added.readUInt32BE(added.length - 4)).toBe(zlibCrc32(added.subarray(4, -4)));
    expect(added.subarray(4, 20).toString()).toBe('iTXtDescription\0'.slice(0, 16));
    expect(added.subarray(-4 - Buffer.byteLength('2 von 3 – größer'), -4).toString()).toBe('2 von 3 – größer');
  });
  it('leaves what is no PNG alone, and counts as zlib does', () => {
    const bytes = Uint8Array.from([1, 2, 3]);
    expect(withDescription(bytes, 'x')).toBe(bytes);
    fc.assert(fc.property(fc.uint8Array(), (data) => crc32(data) === zlibCrc32(data)));
  });
});
