/** The address bar and the history of a masked screen: pseudonyms only, and the same place again for who knows them. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createMasking } from '../../../../shared/report/mask-names.ts';
import { unmaskedPlace } from '../../../../shared/report/masked-place.ts';
import { createSpeech } from '../../../../shared/report/masked-speech.ts';
import { BLANK_NAMING, PLAIN_NAMING, pseudonymNaming, useNamingStore } from '../../../../renderer/stores/naming.ts';
import { followAddress, tellAddress } from '../../../../renderer/stores/view-address.ts';
import {
  INITIAL_VIEW_STATE,
  look,
  selectEntity,
  useViewStore,
  viewStateOf,
} from '../../../../renderer/stores/view-state.ts';
import type { ViewState } from '../../../../renderer/stores/view-state.ts';

const CART = { type: 'service', name: 'acme-cart' } as const;
const PLACE: Partial<ViewState> = {
  view: 'logs',
  selection: { kind: 'entity', entity: CART },
  filters: { logs: 'acme timeout' },
};
const masking = createMasking([CART]);
const speech = createSpeech(masking, '0f'.repeat(32));
const MASKED = {
  naming: pseudonymNaming(masking, speech),
  placeOf: (shown: Parameters<typeof unmaskedPlace>[0]) => unmaskedPlace(shown, speech),
};
const PLAIN = { naming: PLAIN_NAMING, placeOf: null };

/** A browser's bar and history, as far as the page uses them. */
class Bar {
  entries: string[];
  index = 0;
  readonly listeners = new Map<string, () => void>();

  constructor(hash: string) {
    this.entries = [hash];
  }
  get hash(): string {
    return this.entries[this.index] ?? '';
  }
  go(step: number): void {
    this.index += step;
    this.listeners.get('popstate')?.();
  }
  asWindow(): object {
    const put = (hash: string, isNew: boolean): void => {
      if (isNew) this.entries.length = ++this.index;
      this.entries[this.index] = hash;
    };
    return {
      history: {
        pushState: (_: unknown, __: string, hash: string) => put(hash, true),
        replaceState: (_: unknown, __: string, hash: string) => put(hash, false),
      },
      addEventListener: (name: string, listener: () => void) => this.listeners.set(name, listener),
      removeEventListener: (name: string) => this.listeners.delete(name),
    };
  }
}

let stop = (): void => undefined;
function open(hash: string): Bar {
  const bar = new Bar(hash);
  const page = bar.asWindow();
  Object.defineProperty(page, 'location', { value: Object.defineProperty({}, 'hash', { get: () => bar.hash }) });
  vi.stubGlobal('window', page);
  stop = followAddress();
  return bar;
}

beforeEach(() => {
  useNamingStore.setState({ ...PLAIN, awaitedPlace: null });
  useViewStore.setState({ ...INITIAL_VIEW_STATE, past: [], future: [] });
});
afterEach(() => {
  stop();
  vi.unstubAllGlobals();
});

describe('the address of a masked screen', () => {
  it('takes the place of the one that told names, at once and then in full', () => {
    const bar = open('#/case');
    look(PLACE);
    expect(bar.hash).toContain('acme');
    const { length } = bar.entries;
    useNamingStore.setState({ naming: BLANK_NAMING });
    expect(bar.hash).toBe('#/logs?names=masked');
    useNamingStore.setState(MASKED);
    expect(bar.entries).toHaveLength(length);
    expect(bar.hash).toMatch(/^#\/logs\?sel=entity%3Aservice%3Aservice\+[A-Z][a-z]+&f\.logs=%7E[\w-]+&names=masked$/);
    look({ view: 'traces' });
    look({ filters: { traces: 'acme-cart' } });
    expect(bar.entries.slice(1).join('\n')).not.toMatch(/acme/i);
    useNamingStore.setState(PLAIN);
    expect(bar.hash).toContain('acme');
  });

  it('leads to the same place after a reload, as soon as pseudonyms are known', () => {
    const address = tellAddress({ ...INITIAL_VIEW_STATE, ...PLACE }, MASKED.naming);
    useNamingStore.setState({ naming: BLANK_NAMING });
    const bar = open(address);
    expect(viewStateOf(useViewStore.getState())).toEqual({ ...INITIAL_VIEW_STATE, view: 'logs' });
    expect(bar.hash).toBe(address);
    useNamingStore.setState(MASKED);
    expect(viewStateOf(useViewStore.getState())).toEqual({ ...INITIAL_VIEW_STATE, ...PLACE });
    expect(bar.entries).toEqual([address]);
    expect(useViewStore.getState().past).toEqual([]);
  });

  it('is read by a screen that shows names', () => {
    const bar = open(tellAddress({ ...INITIAL_VIEW_STATE, ...PLACE }, MASKED.naming));
    expect(useNamingStore.getState().awaitedPlace).not.toBeNull();
    useNamingStore.setState({ placeOf: MASKED.placeOf });
    expect(viewStateOf(useViewStore.getState())).toEqual({ ...INITIAL_VIEW_STATE, ...PLACE });
    expect(bar.hash).toBe(tellAddress({ ...INITIAL_VIEW_STATE, ...PLACE }, PLAIN_NAMING));
  });

  it('corrects what the browser goes back to', () => {
    const bar = open('#/case');
    selectEntity(CART);
    useNamingStore.setState(MASKED);
    look({ view: 'traces' });
    expect(bar.entries).toHaveLength(3);
    // As if it had been written before masking: entries further back cannot be reached to be changed.
    bar.entries[1] = '#/case?sel=entity%3Aservice%3Aacme-cart';
    bar.go(-1);
    expect(useViewStore.getState().selection).toEqual({ kind: 'entity', entity: CART });
    expect(bar.hash).not.toContain('acme');
    expect([bar.index, bar.entries.length]).toEqual([1, 3]);
  });

  it('does not take a stranger’s word for a name', () => {
    useNamingStore.setState(MASKED);
    open('#/logs?sel=entity%3Aservice%3Anobody&f.logs=%7EAAAA&names=masked');
    expect(viewStateOf(useViewStore.getState())).toMatchObject({
      selection: { kind: 'entity', entity: { type: 'service', name: 'nobody' } },
      filters: { logs: '~AAAA' },
    });
  });
});
