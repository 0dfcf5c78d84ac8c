/** Handlers of the probe contract that record what happened to them. */
import type { Handlers } from '../../shared/contract/derived-types.ts';
import { ContractError } from '../../shared/contract/contract-error.ts';
import type { probeContract } from './probe-contract.ts';

export interface ProbeRecord {
  counter: number;
  /** Chunks the stream handler has produced so far. */
  produced: number;
  streamsEnded: number;
  feedsEnded: number;
  aborted: number;
}

export function probeHandlers(): { readonly handlers: Handlers<typeof probeContract>; readonly record: ProbeRecord } {
  const record: ProbeRecord = { counter: 0, produced: 0, streamsEnded: 0, feedsEnded: 0, aborted: 0 };
  const handlers: Handlers<typeof probeContract> = {
    'number.double': ({ value }) => ({ value: value * 2 }),
    'number.hang': (_input, { signal }) =>
      new Promise(() => signal.addEventListener('abort', () => record.aborted++, { once: true })),
    'number.fail': ({ how }) => {
      if (how === 'expected') throw new ContractError('not_found', 'There is no such number.');
      if (how === 'bug') throw new RangeError('secret detail of the inside');
      return { value: 'text' as unknown as number };
    },
    'counter.add': ({ amount }) => {
      record.counter += amount;
      return { revision: record.counter };
    },
    'host.ask': () => ({}),
    'tick.follow': async function* ({ upTo }, { after }) {
      try {
        for (let tick = (after ?? 0) + 1; tick <= upTo; tick++) {
          yield { sequence: tick, event: { tick, at: BigInt(tick) * 1_000_000_000_000_000_000n } };
        }
        if (upTo === Number.MAX_SAFE_INTEGER) throw new Error('unreachable');
      } finally {
        record.feedsEnded++;
      }
    },
    'column.scan': async function* ({ chunks, rows }) {
      try {
        for (let index = 0; index < chunks; index++) {
          record.produced++;
          yield {
            index,
            timeNs: Float64Array.from({ length: rows }, (_, row) => row / 4 + index),
            ids: BigUint64Array.from({ length: rows }, (_, row) => (1n << 63n) + BigInt(row)),
            small: Uint8Array.from({ length: rows }, (_, row) => row),
            strings: ['', 'naïve ☃ 𝄞', `chunk ${index}`],
          };
        }
      } finally {
        record.streamsEnded++;
      }
    },
  };
  return { handlers, record };
}
