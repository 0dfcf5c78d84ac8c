import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kubernetesImporter } from '../../../../shared/importers/kubernetes/index.ts';
import { entityKey } from '../../../../shared/model/entity.ts';
import { formatUnixNano } from '../../../../shared/model/time.ts';
import { headOf, importBytes, importText, TEST_FILE_TIME } from '../../../support/import-file.ts';
import { objectsOf } from '../objects-of.ts';

const EVENT = {
  apiVersion: 'v1',
  kind: 'Event',
  metadata: { name: 'cart.1', namespace: 'shop', uid: 'u1', creationTimestamp: '2024-01-02T03:00:00Z' },
  involvedObject: { kind: 'Pod', namespace: 'shop', name: 'cart-6b59dff4c-jdkdk' },
  reason: 'BackOff',
  message: 'Back-off restarting failed container',
  type: 'Warning',
  source: { component: 'kubelet', host: 'node-1' },
  firstTimestamp: '2024-01-02T03:04:05Z',
  lastTimestamp: '2024-01-02T03:14:05Z',
  count: 12,
};
const POD_YAML = `apiVersion: v1
kind: Pod
metadata:
  creationTimestamp: "2024-01-02T03:00:00Z"
  managedFields:
  - apiVersion: v1
    fieldsV1:
      f:metadata: {}
  name: cart-6b59dff4c-jdkdk
  namespace: shop
  ownerReferences:
  - apiVersion: apps/v1
    controller: true
    kind: ReplicaSet
    name: cart-6b59dff4c
spec:
  containers:
  - image: shop/cart:1.2
    name: cart
  nodeName: node-1
status:
  containerStatuses:
  - lastState:
      terminated:
        exitCode: 137
        finishedAt: "2024-01-02T03:05:00Z"
        reason: OOMKilled
    name: cart
    restartCount: 3
    state:
      waiting:
        message: back-off 40s
        reason: CrashLoopBackOff
  phase: Running
`;

describe('Kubernetes events', () => {
  it('makes an interval of a counted event, about pod, service and node', async () => {
    const { events } = objectsOf(await importText(kubernetesImporter, JSON.stringify(EVENT)));
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({
      externalId: 'u1',
      reason: 'BackOff',
      severity: 'warning',
      count: 12,
      isTimeInferred: false,
    });
    expect(formatUnixNano(events[0]!.startTime)).toBe('2024-01-02T03:04:05.000000000Z');
    expect(formatUnixNano(events[0]!.endTime)).toBe('2024-01-02T03:14:05.000000000Z');
    expect(events[0]?.entities.map(entityKey)).toEqual([
      'instance:cart-6b59dff4c-jdkdk',
      'service:cart',
      'node:node-1',
    ]);
  });

  it('reads events.k8s.io with series, null times and no time at all', async () => {
    const newer = {
      apiVersion: 'events.k8s.io/v1',
      kind: 'Event',
      metadata: { name: 'a', namespace: 'shop' },
      regarding: { kind: 'Node', name: 'n1' },
      reason: 'NodeNotReady',
      note: 'gone',
      type: 'Normal',
      eventTime: '2024-01-02T03:04:05.123456Z',
      series: { count: 3, lastObservedTime: '2024-01-02T03:05:00.000000Z' },
    };
    const nulls = {
      ...EVENT,
      metadata: { ...EVENT.metadata, uid: 'u2' },
      firstTimestamp: null,
      lastTimestamp: null,
      eventTime: null,
    };
    const timeless = {
      kind: 'Event',
      apiVersion: 'v1',
      metadata: { name: 'x' },
      involvedObject: { kind: 'Pod', name: 'p' },
      reason: 'R',
    };
    const file = await importText(
      kubernetesImporter,
      [newer, nulls, timeless].map((e) => JSON.stringify(e)).join('\n'),
    );
    const { events } = objectsOf(file);
    expect(events.map((e) => [e.count, formatUnixNano(e.startTime), e.isTimeInferred, e.severity])).toEqual([
      [3, '2024-01-02T03:04:05.123456000Z', false, 'error'],
      [12, '2024-01-02T03:00:00.000000000Z', false, 'warning'],
      [1, formatUnixNano(TEST_FILE_TIME), true, 'normal'],
    ]);
    expect(file.records['lines']).toBe(3);
  });

  it('counts the same event collected twice once', async () => {
    const file = await importText(kubernetesImporter, `${JSON.stringify(EVENT)}\n${JSON.stringify(EVENT)}\n`);
    expect([file.records['events'], file.duplicates]).toEqual([1, 1]);
  });
});

describe('Kubernetes objects', () => {
  it('declares a pod with its place, restarts and crash loop', async () => {
    const file = await importText(kubernetesImporter, POD_YAML);
    const { entities, edges, events } = objectsOf(file);
    expect(entities.map((e) => entityKey(e.ref))).toEqual(['instance:cart-6b59dff4c-jdkdk']);
    expect(edges.map((e) => `${entityKey(e.from)} ${e.edgeKind} ${entityKey(e.to)}`).sort()).toEqual([
      'instance:cart-6b59dff4c-jdkdk partOf service:cart',
      'instance:cart-6b59dff4c-jdkdk runsOn node:node-1',
      'workload:cart-6b59dff4c owns instance:cart-6b59dff4c-jdkdk',
    ]);
    expect(events.map((e) => [e.reason, e.severity, formatUnixNano(e.startTime).slice(0, 19)])).toEqual([
      ['OOMKilled', 'error', '2024-01-02T03:05:00'],
      ['CrashLoopBackOff', 'error', '2024-01-02T03:05:00'],
    ]);
  });

  it('reads the same pod from a list, several documents and a sequence', async () => {
    const indent = (text: string, by: string) =>
      text
        .trimEnd()
        .split('\n')
        .map((line, i) => (i === 0 ? `${by}- ${line}` : `${by}  ${line}`))
        .join('\n');
    const forms = [
      `---\n${POD_YAML}---\n${POD_YAML.replaceAll('jdkdk', 'aaaaa')}`,
      `apiVersion: v1\nitems:\n${indent(POD_YAML, '')}\n${indent(POD_YAML.replaceAll('jdkdk', 'aaaaa'), '')}\nkind: List\nmetadata:\n  resourceVersion: ""\n`,
      `kind: PodList\napiVersion: v1\nitems:\n${indent(POD_YAML, '  ')}\n${indent(POD_YAML.replaceAll('jdkdk', 'aaaaa'), '  ')}\n`,
      `${indent(POD_YAML, '')}\n${indent(POD_YAML.replaceAll('jdkdk', 'aaaaa'), '')}\n`,
    ];
    for (const text of forms) {
      const { entities, events } = objectsOf(await importText(kubernetesImporter, text, 50));
      expect(entities.map((e) => e.ref.name)).toEqual(['cart-6b59dff4c-jdkdk', 'cart-6b59dff4c-aaaaa']);
      expect(events).toHaveLength(4);
    }
  });

  it('dates rollouts by their replica sets and leaves configuration out, counted', async () => {
    const replicaSet = {
      kind: 'ReplicaSet',
      apiVersion: 'apps/v1',
      metadata: {
        name: 'cart-6b59dff4c',
        namespace: 'shop',
        creationTimestamp: '2024-01-02T03:00:00Z',
        annotations: { 'deployment.kubernetes.io/revision': '7' },
        ownerReferences: [{ kind: 'Deployment', name: 'cart', controller: true }],
      },
      spec: { replicas: 2, template: { spec: { containers: [{ image: 'shop/cart:1.3' }] } } },
      status: { availableReplicas: 2 },
    };
    const role = { kind: 'Role', apiVersion: 'rbac.authorization.k8s.io/v1', metadata: { name: 'r' } };
    const file = await importText(
      kubernetesImporter,
      JSON.stringify({ kind: 'List', apiVersion: 'v1', items: [replicaSet, role] }),
    );
    const { changes, entities } = objectsOf(file);
    expect(changes).toHaveLength(1);
    expect(changes[0]).toMatchObject({
      externalId: 'deployment/shop/cart/7',
      changeKind: 'deployment',
      status: 'succeeded',
      revision: '7',
    });
    expect(changes[0]?.entities.map(entityKey)).toEqual(['service:cart', 'workload:cart']);
    expect(entities).toHaveLength(1);
    expect(file.records['lines']).toBe(2);
    expect(file.warnings.join()).toContain('1 Role');
  });

  it('streams a list that is larger than one value may be', async () => {
    const pad = 'x'.repeat(2_000);
    const items = Array.from({ length: 3_000 }, (_, i) => ({
      ...EVENT,
      message: pad,
      metadata: { ...EVENT.metadata, uid: `u${i}` },
    }));
    const file = await importText(kubernetesImporter, JSON.stringify({ kind: 'EventList', apiVersion: 'v1', items }));
    expect([file.records['events'], file.rejected.length]).toEqual([3_000, 0]);
  });
});

describe('Kubernetes audit', () => {
  it('keeps the completed request as a log record', async () => {
    const audit = {
      kind: 'Event',
      apiVersion: 'audit.k8s.io/v1',
      auditID: 'a',
      stage: 'ResponseComplete',
      requestURI: '/api/v1/pods',
      verb: 'create',
      user: { username: 'eve' },
      responseStatus: { code: 503 },
      stageTimestamp: '2024-01-02T03:04:05.000001Z',
    };
    const file = await importText(
      kubernetesImporter,
      [{ ...audit, stage: 'RequestReceived' }, audit].map((e) => JSON.stringify(e)).join('\n'),
    );
    expect([file.records['logRecords'], file.duplicates]).toEqual([1, 1]);
    expect(file.logs[0]?.body[0]).toBe('eve create /api/v1/pods 503');
    expect(file.logs[0]?.severityNumber[0]).toBe(17);
  });
});

describe('damaged and hostile input', () => {
  it('quarantines what is no object and goes on', async () => {
    const yaml = await importText(
      kubernetesImporter,
      `apiVersion: v1\nkind: Pod\nmetadata:\n  name: [unclosed\n---\n${POD_YAML}---\njust text\n`,
    );
    expect(yaml.rejected.map((r) => r.line)).toEqual([1, 6 + POD_YAML.split('\n').length]);
    expect(objectsOf(yaml).entities).toHaveLength(1);
    const json = await importText(
      kubernetesImporter,
      `{"kind":"Pod","apiVersion":"v1"}\n{"kind":"Pod",,}\n${JSON.stringify(EVENT)}\n`,
    );
    expect(json.rejected).toHaveLength(2);
    expect(json.records['events']).toBe(1);
  });

  it('does not expand aliases without end', async () => {
    const levels = Array.from(
      { length: 9 },
      (_, i) => `a${i}: &a${i} [${i === 0 ? '"x"' : Array.from({ length: 9 }, () => `*a${i - 1}`).join(', ')}]`,
    ).join('\n');
    const file = await importText(kubernetesImporter, `apiVersion: v1\nkind: Pod\n${levels}\n`);
    expect(file.rejected).toHaveLength(1);
  });

  it('reads any mutilation of a document without a crash', async () => {
    const text = `${POD_YAML}---\n${JSON.stringify(EVENT)}\n`;
    await fc.assert(
      fc.asyncProperty(fc.nat(text.length), fc.nat(60), fc.string({ maxLength: 6 }), async (at, length, put) => {
        const bytes = new TextEncoder().encode(text.slice(0, at) + put + text.slice(at + length));
        kubernetesImporter.recognise(headOf(bytes, 'x'));
        await importBytes(kubernetesImporter, bytes, { chunkBytes: 97 });
      }),
      { numRuns: 200 },
    );
  });
});
