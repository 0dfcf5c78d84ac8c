/** All importers of changes: what becomes of each shape, and of input that is none. */
import { describe, expect, it } from 'vitest';
import { argocdChangeImporter } from '../../../../shared/importers/change-argocd/index.ts';
import { cloudEventsChangeImporter } from '../../../../shared/importers/change-cloudevents/index.ts';
import { githubChangeImporter } from '../../../../shared/importers/change-github/index.ts';
import { changeListImporter } from '../../../../shared/importers/change-list/index.ts';
import type { Importer } from '../../../../shared/importers/importer.ts';
import { recogniseFile } from '../../../../shared/importers/recognise.ts';
import { formatUnixNano } from '../../../../shared/model/time.ts';
import { headOf, importText } from '../../../support/import-file.ts';
import { objectsOf } from '../objects-of.ts';

async function changes(importer: Importer, value: unknown) {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  expect(recogniseFile(headOf(new TextEncoder().encode(text), 'x'))?.importer.id).toBe(importer.id);
  return objectsOf(await importText(importer, text)).changes;
}
const seconds = (time: bigint | undefined) =>
  time === undefined ? undefined : formatUnixNano(time as never).slice(0, 19);

describe('plain changes', () => {
  it('tells commits, deployments, flags and configuration by their keys', async () => {
    const list = await changes(changeListImporter, [
      { timestamp: '2024-01-02T03:04:05Z', service: 'cart', version: 'v2', commit_sha: 'abc' },
      {
        sha: 'abc',
        author: 'eve',
        timestamp: '2024-01-02T03:00:00Z',
        message: 'fix: x\n\nbody',
        files_changed: ['a.go'],
        diff: '@@ -1 +1 @@',
      },
      { timestamp: 1_704_164_645, flag: 'new_cart', service: 'cart', change: 'off->on', actor: 'bob' },
      {
        at: '2024-01-02T03:04:05Z',
        kind: 'config',
        app: 'cart',
        title: 'pool size 10 to 2',
        id: 'c-9',
        status: 'success',
        ended_at: '2024-01-02T03:05:05Z',
      },
    ]);
    expect(list.map((c) => [c.changeKind, c.revision, seconds(c.startTime), c.entities[0]?.name])).toEqual([
      ['deployment', 'abc', '2024-01-02T03:04:05', 'cart'],
      ['commit', 'abc', '2024-01-02T03:00:00', undefined],
      ['feature_flag', 'new_cart', '2024-01-02T03:04:05', 'cart'],
      ['configuration', undefined, '2024-01-02T03:04:05', 'cart'],
    ]);
    expect(list[1]).toMatchObject({ externalId: 'abc', title: 'fix: x', author: 'eve' });
    expect(list[1]?.description).toContain('a.go');
    expect(list[1]?.description).toContain('@@ -1 +1 @@');
    expect(list[2]).toMatchObject({ title: 'Flag new_cart off->on on cart', author: 'bob' });
    expect(list[3]).toMatchObject({ externalId: 'c-9', status: 'succeeded' });
    expect(seconds(list[3]?.endTime)).toBe('2024-01-02T03:05:05');
    expect(new Set(list.map((c) => c.externalId)).size).toBe(4);
  });

  it('reads a wrapped list and one object per line, and quarantines what has no time', async () => {
    const one = { time: '2024-01-02T03:04:05Z', repo: 'shop/cart.git', version: '1' };
    expect((await changes(changeListImporter, { changes: [one, one] })).map((c) => c.entities[0]?.name)).toEqual([
      'cart',
      'cart',
    ]);
    const lines = await importText(
      changeListImporter,
      `${JSON.stringify(one)}\n${JSON.stringify({ ...one, time: 'yesterday' })}\n{"broken\n`,
    );
    expect(objectsOf(lines).changes).toHaveLength(1);
    expect(lines.rejected).toHaveLength(2);
  });

  it('does not take telemetry for changes', () => {
    for (const text of [
      '[{"timestamp":"2024-01-02T03:04:05Z","service":"a","level":"info","message":"deploy version 2","version":"2"}]',
      '[{"trace_id":"a","span_id":"b","service":"s","start":"2024-01-02T03:04:05Z","version":"2"}]',
      '[{"timestamp":"2024-01-02T03:04:05Z","service":"a","metric":"m","value":1}]',
      '{"events":[]}',
    ])
      expect(changeListImporter.recognise(headOf(new TextEncoder().encode(text), 'x')).confidence).toBe(0);
  });
});

describe('GitHub', () => {
  const repository = { name: 'cart', full_name: 'shop/cart' };
  const deployment = {
    id: 7,
    sha: 'abc',
    ref: 'main',
    environment: 'production',
    created_at: '2024-01-02T03:04:05Z',
    statuses_url: 'x',
    creator: { login: 'eve' },
    payload: '{"service":"checkout"}',
  };

  it('reads a deployment with its status; the payload names the service', async () => {
    const [change] = await changes(githubChangeImporter, {
      action: 'created',
      deployment,
      deployment_status: { state: 'failure', created_at: '2024-01-02T03:06:05Z' },
      repository,
    });
    expect(change).toMatchObject({
      externalId: '7',
      changeKind: 'deployment',
      status: 'failed',
      revision: 'abc',
      author: 'eve',
    });
    expect(change?.entities).toEqual([{ type: 'service', name: 'checkout' }]);
    expect([seconds(change?.startTime), seconds(change?.endTime)]).toEqual([
      '2024-01-02T03:04:05',
      '2024-01-02T03:06:05',
    ]);
  });

  it('reads API lists and one webhook per line, and counts repeats', async () => {
    const runs = await changes(githubChangeImporter, {
      total_count: 1,
      workflow_runs: [
        {
          id: 1,
          workflow_id: 2,
          run_number: 3,
          name: 'Deploy',
          head_sha: 'abc',
          status: 'completed',
          conclusion: 'success',
          created_at: '2024-01-02T03:04:05Z',
          updated_at: '2024-01-02T03:05:05Z',
          repository,
        },
      ],
    });
    expect(runs[0]).toMatchObject({
      changeKind: 'deployment',
      status: 'succeeded',
      entities: [{ type: 'service', name: 'cart' }],
    });
    const line = JSON.stringify({ deployment: { ...deployment, payload: {} }, repository });
    const file = await importText(githubChangeImporter, `${line}\n${line}\n${JSON.stringify({ zen: 'x' })}\n`);
    expect([objectsOf(file).changes.length, file.duplicates, file.rejected.length]).toEqual([1, 1, 1]);
  });

  it('reads a push with messages and files', async () => {
    const commits = [
      { id: 'a', message: 'one', timestamp: '2024-01-02T03:04:05Z', added: ['x.go'], removed: [], modified: ['y.go'] },
    ];
    const [change] = await changes(githubChangeImporter, {
      ref: 'refs/heads/main',
      before: '0',
      after: 'a',
      commits,
      head_commit: commits[0],
      repository,
      pusher: { name: 'eve' },
    });
    expect(change).toMatchObject({
      externalId: 'a',
      changeKind: 'commit',
      author: 'eve',
      description: 'one\n+ x.go\n~ y.go',
    });
  });
});

describe('Argo CD', () => {
  const application = (status: string) =>
    `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  name: shop\nspec:\n  project: default\n${status}`;

  it('reads the history and a failed operation', async () => {
    const list = await changes(
      argocdChangeImporter,
      application(`status:
  history:
  - id: 3
    revision: abc
    deployStartedAt: "2024-01-02T03:04:00Z"
    deployedAt: "2024-01-02T03:04:05Z"
  - id: 4
    revision: def
    deployedAt: "2024-01-02T04:04:05Z"
  operationState:
    phase: Failed
    message: not found
    startedAt: "2024-01-02T05:04:05Z"
    syncResult: {revision: fff}
  resources:
  - {kind: Deployment, name: cart}
  - {kind: Service, name: cart}
`),
    );
    expect(
      list.map((c) => [c.externalId.split('/').slice(0, 2).join('/'), c.revision, c.status, seconds(c.startTime)]),
    ).toEqual([
      ['shop/3', 'abc', 'succeeded', '2024-01-02T03:04:00'],
      ['shop/4', 'def', 'succeeded', '2024-01-02T04:04:05'],
      ['shop/operation', 'fff', 'failed', '2024-01-02T05:04:05'],
    ]);
    expect(list[0]?.entities).toEqual([{ type: 'service', name: 'cart' }]);
  });

  it('rejects an application that tells no date, with advice', async () => {
    const file = await importText(argocdChangeImporter, application(''));
    expect(file.rejected.map((r) => r.reason).join()).toContain('neither sync history nor operation');
  });
});

describe('CloudEvents', () => {
  const event = {
    specversion: '1.0',
    id: '1',
    source: '/ci',
    type: 'dev.cdevents.service.deployed.0.1.0',
    time: '2024-01-02T03:04:05Z',
    data: { service: 'cart', version: '2' },
  };

  it('reads single events, batches and lines; unknown types stay other', async () => {
    const [change] = await changes(cloudEventsChangeImporter, event);
    expect(change).toMatchObject({
      externalId: '1',
      changeKind: 'deployment',
      status: 'succeeded',
      revision: '2',
      entities: [{ type: 'service', name: 'cart' }],
    });
    const batch = await changes(cloudEventsChangeImporter, [event, { ...event, id: '2', type: 'com.example.thing' }]);
    expect(batch.map((c) => c.changeKind)).toEqual(['deployment', 'other']);
  });

  it('keeps different events that share an id apart, and drops exact repeats', async () => {
    const file = await importText(
      cloudEventsChangeImporter,
      JSON.stringify([event, event, { ...event, data: { service: 'web' } }, { specversion: '1.0' }]),
    );
    expect(objectsOf(file).changes.map((c) => c.externalId)).toEqual(['1', '1#2']);
    expect([file.duplicates, file.rejected.length]).toEqual([1, 1]);
  });
});
