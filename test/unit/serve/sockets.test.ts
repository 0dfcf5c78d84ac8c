import { readdirSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { WebSocket } from 'ws';
import { contract } from '../../../shared/contract/contract.ts';
import type { ContractError } from '../../../shared/contract/contract-error.ts';
import { hostContract } from '../../../shared/contract/host-contract.ts';
import { EngineSession } from '../../../shared/engine/api/engine-session.ts';
import type { Engine } from '../../../shared/engine/engine-interface.ts';
import { createClient } from '../../../shared/rpc/client.ts';
import type { Client } from '../../../shared/rpc/client.ts';
import { encodeMessage } from '../../../shared/rpc/wire-encoding.ts';
import { webSocketPort } from '../../../shared/serve/web-socket-port.ts';
import { endOf, opened, startTestHost } from '../../support/loopback-host.ts';
import type { TestHost } from '../../support/loopback-host.ts';
import type { LoopbackHostOptions } from '../../../shared/serve/loopback-host.ts';
import { eventually } from '../../support/eventually.ts';

let test: TestHost;
// When a host asks its sockets whether they are there, and when it loses patience at its end, is said by the test.
beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] }));
afterEach(async () => {
  vi.useRealTimers();
  await test.close();
  // Whatever a peer did, nothing happened that nobody foresaw.
  expect(test.bugs).toEqual([]);
});

interface Peer {
  readonly socket: WebSocket;
  readonly client: Client<typeof contract>;
}

async function connect(cookie: string, options: { autoPong?: boolean } = {}): Promise<Peer> {
  const socket = test.socket('/rpc', { origin: test.origin, cookie }, options);
  const client = createClient(contract, webSocketPort(socket));
  await client.hello;
  return { socket, client };
}
const isAnswered = (client: Client<typeof contract>): Promise<unknown> => client.procedures['engine.status']({});
const PING_MS = 20_000;
/** The host asks its sockets whether they are there. */
const hostAsks = (): void => void vi.advanceTimersByTime(PING_MS);

async function start(options: Partial<LoopbackHostOptions> = {}): Promise<void> {
  test = await startTestHost(options);
}

/** A case of which only the list of files is ever asked; each answer is about 1 MB on the wire. */
async function bulkySession(): Promise<EngineSession> {
  const file = {
    path: 'x'.repeat(1_000_000),
    format: 'unrecognised',
    confidence: 0,
    reason: '',
    sha256: '',
    bytes: 0,
    records: {},
    rejected: 0,
    duplicates: 0,
    timeRange: null,
    warnings: [],
  };
  const engine: Partial<Engine> = {
    caseFile: 'planted',
    files: async () => [file],
    onProgress: () => ({ dispose: () => undefined }),
    queues: async () => [],
    close: async () => undefined,
  };
  const session = new EngineSession(async () => engine as Engine);
  await session.open({ caseFile: 'planted' });
  return session;
}

describe('the owner', () => {
  it('is an operator of the engine and sits at the host', async () => {
    await start();
    const cookie = await test.ownerCookie();
    const { client } = await connect(cookie);
    expect(await client.hello).toMatchObject({ scope: 'operator' });
    const port = webSocketPort(test.socket('/host', { origin: test.origin, cookie }));
    const host = createClient(hostContract, port);
    expect(await host.hello).toMatchObject({ scope: 'host' });
    expect(await host.procedures['host.describe']({})).toMatchObject({ kind: 'browser', isSharing: false });
    await expect(host.procedures['host.pickFiles']({})).rejects.toMatchObject({ code: 'unimplemented' });
    const first = await host.procedures['host.newCaseFile']({ suggestedName: 'night shift' });
    expect(first.caseFile).toBe(`${test.folder}/cases/night shift.faultline`);
  });
});

describe('a guest', () => {
  it('is refused every procedure that is not for viewers, by the server', async () => {
    await start({ shareAddress: '127.0.0.1' });
    const [link = ''] = test.host.viewerLinks;
    const cookie = await test.cookieOf(link);
    const { client } = await connect(cookie);
    expect(await client.hello).toMatchObject({ scope: 'viewer' });
    const host = createClient(hostContract, webSocketPort(test.socket('/host', { origin: test.origin, cookie })));
    const refused: string[] = [];
    for (const [map, procedures] of [
      [contract, client.procedures],
      [hostContract, host.procedures],
    ] as const) {
      for (const [name, { scope, kind }] of Object.entries(map)) {
        if (scope === 'viewer') continue;
        expect(kind, `${name}: this test only knows how to call what answers once`).toMatch(/query|command/);
        const call = (procedures as unknown as Record<string, (input: unknown) => Promise<unknown>>)[name];
        await expect(call?.({}), name).rejects.toMatchObject({ code: 'permission_denied' });
        refused.push(name);
      }
    }
    // The ones that would hurt most, by name, so that a scope changed by mistake shows here.
    expect(refused).toEqual(
      expect.arrayContaining(['case.open', 'import.start', 'engine.shutdown', 'room.publish', 'host.saveFile']),
    );
    expect(await isAnswered(client)).toMatchObject({ caseFile: null });
  });

  it('cannot hand over files', async () => {
    await start({ shareAddress: '127.0.0.1' });
    const cookie = await test.cookieOf(test.host.viewerLinks[0] ?? '');
    const headers = { cookie, origin: test.origin, 'x-faultline-path': 'a.log' };
    expect((await test.ask('/upload', { method: 'POST', headers, body: 'a' })).status).toBe(403);
  });
});

describe('a peer that', () => {
  it('does not read is closed with the reason, and the others notice nothing', async () => {
    await start({ session: await bulkySession(), limits: { maxWaitingBytes: 4_000_000 } });
    const cookie = await test.ownerCookie();
    const slow = await connect(cookie);
    const other = await connect(cookie);
    const ended = endOf(slow.socket);
    slow.socket.pause();
    const calls = Array.from({ length: 60 }, () => slow.client.procedures['import.files']({}));
    const outcomes = Promise.allSettled(calls);
    // While it sleeps the others are answered, in full.
    for (let round = 0; round < 20; round++) {
      expect((await other.client.procedures['import.files']({})).files[0]?.path).toHaveLength(1_000_000);
    }
    slow.socket.resume();
    expect(await ended).toEqual({
      code: 1013,
      reason: 'This page did not read what it was sent in time. Load it again.',
    });
    const answered = (await outcomes).filter(({ status }) => status === 'fulfilled').length;
    // 4 MB waited, and what the kernel's buffers hold; without a bound all 60 would have.
    expect(answered).toBeGreaterThanOrEqual(4);
    expect(answered).toBeLessThan(40);
    expect(await isAnswered(other.client)).toMatchObject({ caseFile: 'planted' });
  });

  it('sends more than a message may be is closed, and the others notice nothing', async () => {
    await start({ limits: { maxOwnerMessageBytes: 100_000 } });
    const cookie = await test.ownerCookie();
    const loud = await connect(cookie);
    const other = await connect(cookie);
    const ended = endOf(loud.socket);
    loud.socket.send(encodeMessage({ type: 'call', id: 9, procedure: 'a', input: 'x'.repeat(200_000) }));
    expect(await ended).toMatchObject({ code: 1009 });
    expect(await isAnswered(other.client)).toMatchObject({ caseFile: null });
  });

  it('sends what is no message is closed, and the others notice nothing', async () => {
    await start();
    const cookie = await test.ownerCookie();
    const other = await connect(cookie);
    for (const bytes of ['text', Buffer.from([1, 2, 3]), Buffer.alloc(0), Buffer.alloc(1_000, 0xff)]) {
      const odd = await connect(cookie);
      const ended = endOf(odd.socket);
      odd.socket.send(bytes);
      expect(await ended).toMatchObject({ code: 1003 });
    }
    expect(await isAnswered(other.client)).toMatchObject({ caseFile: null });
  });

  it('does not answer pings is cut; one that does stays', async () => {
    await start({ limits: { pingIntervalMs: PING_MS } });
    const cookie = await test.ownerCookie();
    const alive = await connect(cookie);
    const gone = await connect(cookie, { autoPong: false });
    // Whatever a peer says shows that it is there: this is the last that is heard of it.
    await isAnswered(gone.client);
    hostAsks();
    // The first answer comes behind the ping, so the second question goes behind the pong.
    await isAnswered(alive.client);
    await isAnswered(alive.client);
    const ended = endOf(gone.socket);
    hostAsks();
    expect(await ended).toMatchObject({ code: 1006 });
    // The other one has been asked as often.
    expect(await isAnswered(alive.client)).toMatchObject({ caseFile: null });
  });

  it('answered while this process slept stays', async () => {
    await start({ limits: { pingIntervalMs: PING_MS } });
    const cookie = await test.ownerCookie();
    const peer = await connect(cookie, { autoPong: false });
    const other = await connect(cookie);
    await isAnswered(peer.client);
    hostAsks();
    await isAnswered(other.client);
    // On its way when the host looks, as after a sleep of the whole machine.
    peer.socket.pong();
    hostAsks();
    expect(await isAnswered(peer.client)).toMatchObject({ caseFile: null });
  });

  it('stays past the end of its session is sent away', async () => {
    await start({ limits: { pingIntervalMs: PING_MS } });
    const { socket } = await connect(await test.ownerCookie());
    test.clock.nowMs += 48 * 3_600_000 + 1;
    const ended = endOf(socket);
    hostAsks();
    expect(await ended).toEqual({ code: 1008, reason: 'The session is over. Open the link again.' });
  });

  it('opens one page too many is refused; room is made again when one closes', async () => {
    await start({ limits: { maxOwnerSockets: 3 } });
    const cookie = await test.ownerCookie();
    const peers = await Promise.all([connect(cookie), connect(cookie), connect(cookie)]);
    const headers = { origin: test.origin, cookie };
    expect(await endOf(test.socket('/rpc', headers))).toMatchObject({ status: 503 });
    peers[0]?.socket.close();
    await eventually(async () => {
      const socket = test.socket('/rpc', headers);
      await opened(socket);
      socket.close();
    });
  });
});

describe('room for guests', () => {
  it('is counted apart from the owner’s', async () => {
    await start({ shareAddress: '127.0.0.1', limits: { maxGuestSockets: 2 } });
    const guest = await test.cookieOf(test.host.viewerLinks[0] ?? '');
    await Promise.all([connect(guest), connect(guest)]);
    expect(await endOf(test.socket('/rpc', { origin: test.origin, cookie: guest }))).toMatchObject({ status: 503 });
    const { client } = await connect(await test.ownerCookie());
    expect(await isAnswered(client)).toMatchObject({ caseFile: null });
  });
});

describe('shutting down', () => {
  it('under load says goodbye to everybody, leaves nothing behind and takes no one in', async () => {
    await start({ session: await bulkySession(), limits: { closeTimeoutMs: 2_000 } });
    const cookie = await test.ownerCookie();
    const peers = await Promise.all(Array.from({ length: 5 }, () => connect(cookie)));
    const sleeper = await connect(cookie);
    sleeper.socket.pause();
    const ends = peers.map(({ socket }) => endOf(socket));
    const failures: ContractError[] = [];
    for (const { client } of [...peers, sleeper]) {
      for (let call = 0; call < 10; call++) {
        client.procedures['import.files']({}).catch((error: ContractError) => failures.push(error));
      }
    }
    const upload = test.ask('/upload', {
      method: 'POST',
      headers: { cookie, origin: test.origin, 'x-faultline-path': 'a.log', 'content-length': '1000000' },
      body: 'the beginning',
    });
    const uploadEnd = upload.then(
      ({ status }) => status,
      () => 'cut',
    );
    const closed = test.host.close();
    for (const end of ends) expect(await end).toEqual({ code: 1001, reason: 'Faultline is shutting down.' });
    // The one that sleeps would never answer; it is waited for no longer than this.
    vi.advanceTimersByTime(2_000);
    await closed;
    expect(await uploadEnd).toBe('cut');
    expect(readdirSync(test.stagingParent)).toEqual([]);
    await expect(test.ask('/')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    // What was asked and not answered failed in words.
    for (const failure of failures) expect(failure.code).toBe('unavailable');
    sleeper.socket.terminate();
  });

  it('may be asked twice', async () => {
    await start();
    await Promise.all([test.host.close(), test.host.close()]);
    await test.host.close();
  });
});
