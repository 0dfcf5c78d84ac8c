import { describe, expect, it } from 'vitest';
import { SPAN_KIND } from '../../../shared/model/span.ts';
import { spellingsOf } from '../../../shared/semconv/attribute-keys.ts';
import { entitiesOfLabels } from '../../../shared/semconv/entities-of-labels.ts';
import { entityOfResource, workloadOfPod } from '../../../shared/semconv/entity-of-resource.ts';
import { hostPart } from '../../../shared/semconv/host-part.ts';
import { peerOfSpan } from '../../../shared/semconv/peer-of-span.ts';
import {
  severityNumberOfPino,
  severityNumberOfSyslog,
  severityNumberOfText,
} from '../../../shared/semconv/severity.ts';
import { ucumOf, unitOfMetricName } from '../../../shared/semconv/units.ts';

describe('entity of a resource', () => {
  it('is the service, with its pod and node', () => {
    expect(
      entityOfResource({
        'service.name': 'cart',
        'k8s.pod.name': 'cart-7d9f8b6c5d-xk2qp',
        'k8s.node.name': 'n1',
        'host.name': 'h',
      }),
    ).toEqual({
      entity: { type: 'service', name: 'cart' },
      instance: { type: 'instance', name: 'cart-7d9f8b6c5d-xk2qp' },
      node: { type: 'node', name: 'n1' },
    });
  });
  it('prefers any name to the placeholder of an SDK', () => {
    expect(
      entityOfResource({ 'service.name': 'unknown_service:java', 'k8s.deployment.name': 'cart' }).entity?.name,
    ).toBe('cart');
    expect(entityOfResource({ 'service.name': 'unknown_service:java' }).entity?.name).toBe('unknown_service:java');
  });
  it('takes the machine when nothing else is named, and never the pod for a machine', () => {
    expect(entityOfResource({ 'host.name': 'm1' })).toEqual({
      entity: { type: 'node', name: 'm1' },
      node: { type: 'node', name: 'm1' },
    });
    expect(entityOfResource({ 'service.name': 'a', 'k8s.pod.name': 'a-0', 'host.name': 'a-0' }).node).toBeUndefined();
    expect(entityOfResource({})).toEqual({});
  });
  it('knows workloads from pod names', () => {
    expect(workloadOfPod('checkout-6b59dff4c-jdkdk')).toBe('checkout');
    expect(workloadOfPod('kafka-0')).toBe('kafka');
    expect(workloadOfPod('node-agent-x7k2p')).toBe('node-agent');
    expect(workloadOfPod('plain')).toBeUndefined();
  });
});

describe('peer of a span', () => {
  it('is a database by address, then by name', () => {
    expect(
      peerOfSpan(
        { 'db.system.name': 'postgresql', 'server.address': 'db1:5432', 'db.namespace': 'orders' },
        SPAN_KIND.client,
      ),
    ).toEqual({
      type: 'database',
      name: 'db1',
    });
    expect(
      peerOfSpan({ 'db.system': 'mysql', 'db.name': 'orders', 'net.peer.ip': '10.0.0.7' }, SPAN_KIND.client)?.name,
    ).toBe('orders');
  });
  it('is a queue by destination for either side', () => {
    const attributes = {
      'messaging.system': 'kafka',
      'messaging.destination.name': 'orders',
      'server.address': 'broker',
    };
    for (const kind of [SPAN_KIND.producer, SPAN_KIND.consumer])
      expect(peerOfSpan(attributes, kind)).toEqual({ type: 'queue', name: 'orders' });
  });
  it('is whoever is at the address, a name before an IP address', () => {
    expect(peerOfSpan({ 'server.address': 'api.bank.example' }, SPAN_KIND.client)).toEqual({
      type: 'external',
      name: 'api.bank.example',
    });
    expect(peerOfSpan({ 'server.address': '10.1.2.3', 'peer.service': 'bank' }, SPAN_KIND.client)?.name).toBe('bank');
    expect(peerOfSpan({ 'http.url': 'https://user@bank.example:8443/pay?x=1' }, SPAN_KIND.client)?.name).toBe(
      'bank.example',
    );
  });
  it('is nobody for servers and for spans inside', () => {
    expect(peerOfSpan({ 'server.address': 'me' }, SPAN_KIND.server)).toBeUndefined();
    expect(peerOfSpan({ 'server.address': 'x' }, SPAN_KIND.internal)).toBeUndefined();
    expect(peerOfSpan({}, SPAN_KIND.client)).toBeUndefined();
  });
});

describe('entities of labels', () => {
  it('belong to the scraped service when it reports about itself', () => {
    const { entity, instance, entities } = entitiesOfLabels({
      job: 'shop/cart',
      instance: '10.0.0.1:8080',
      namespace: 'shop',
    });
    expect([entity, instance]).toEqual([
      { type: 'service', name: 'cart' },
      { type: 'instance', name: '10.0.0.1:8080' },
    ]);
    expect(entities.at(-1)).toEqual({ type: 'namespace', name: 'shop' });
  });
  it("belong to the pod's workload when an exporter reports about it", () => {
    const labels = {
      job: 'kube-state-metrics',
      service: 'kube-state-metrics',
      pod: 'cart-6b59dff4c-jdkdk',
      container: 'app',
    };
    expect(entitiesOfLabels(labels).entity).toEqual({ type: 'service', name: 'cart' });
  });
  it('belong to the machine for metrics of machines', () => {
    expect(entitiesOfLabels({ job: 'node', instance: 'm1:9100' }, 'node_load1')).toMatchObject({
      entity: { type: 'node', name: 'm1' },
    });
  });
});

describe('words', () => {
  it('give severity numbers', () => {
    expect(
      ['WARN', 'warning', 'Err', 'SEVERITY_NUMBER_INFO', '[Fatal]', 'constructor', ''].map(severityNumberOfText),
    ).toEqual([13, 13, 17, 9, 21, 0, 0]);
    expect([0, 3, 4, 6, 7, 8].map(severityNumberOfSyslog)).toEqual([21, 17, 13, 9, 5, 0]);
    expect([10, 30, 35, 60, 99, 0].map(severityNumberOfPino)).toEqual([1, 9, 9, 21, 21, 0]);
  });
  it('give units', () => {
    expect(['seconds', 'Bytes', 'furlongs', 'toString'].map(ucumOf)).toEqual(['s', 'By', 'furlongs', 'toString']);
    expect(
      ['http_request_duration_seconds_bucket', 'node_memory_free_bytes', 'requests_total', 'up', 'x_seconds_count'].map(
        unitOfMetricName,
      ),
    ).toEqual(['s', 'By', '', '', '']);
  });
  it('split hosts from addresses', () => {
    expect(['a:1', 'http://b.c/d', '[::1]:80', '::1', 'redis://:pw@r:6379/0'].map(hostPart)).toEqual([
      'a',
      'b.c',
      '::1',
      '::1',
      'r',
    ]);
  });
  it('list spellings, current first', () => {
    expect(spellingsOf('service.peer.name')).toEqual(['service.peer.name', 'peer.service']);
  });
});
