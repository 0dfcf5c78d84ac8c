/** Fixed text of spans per operation and call: names and attributes by the semantic conventions, made once. */
import { attribute, intAttribute } from './otlp-text.ts';
import type { Call, Operation, Queue, Service, Store, System } from './system.ts';

export interface ServerText {
  readonly name: string;
  /** Attributes of a good answer and of a failed one; the failed text lacks the error type, which `failed` adds. */
  readonly ok: string;
  failed(status: number, errorType: string): string;
}
export interface ClientText {
  readonly name: string;
  readonly ok: string;
  failed(status: number, errorType: string): string;
}

export function serverText(service: Service, operation: Operation, queue: Queue | undefined): ServerText {
  if (queue) {
    const common = messagingAttributes(queue, 'process', service);
    return {
      name: `process ${queue.name}`,
      ok: common,
      failed: (_status, errorType) => `${common},${attribute('error.type', errorType)}`,
    };
  }
  if (service.protocol === 'grpc') return grpcText(operation, service, false);
  const path = operation.route.replace('{id}', '8f14e45f');
  const common = [
    attribute('http.request.method', operation.method),
    attribute('http.route', operation.route),
    attribute('url.path', path),
  ].join(',');
  const ok = `${common},${intAttribute('http.response.status_code', operation.method === 'POST' ? 201 : 200)}`;
  return {
    name: operation.name,
    ok,
    failed: (status) =>
      `${common},${intAttribute('http.response.status_code', status)},${attribute('error.type', String(status))}`,
  };
}

const GRPC_STATUS: Readonly<Record<number, number>> = { 500: 13, 502: 14, 503: 14, 504: 4 };
function grpcText(operation: Operation, service: Service, isClient: boolean): ServerText {
  const [rpcService = '', method = ''] = operation.route.split('/');
  const common = [
    attribute('rpc.system', 'grpc'),
    attribute('rpc.service', rpcService),
    attribute('rpc.method', method),
    attribute('server.address', service.address),
    ...(isClient ? [intAttribute('server.port', service.port)] : []),
  ].join(',');
  return {
    name: operation.route,
    ok: `${common},${intAttribute('rpc.grpc.status_code', 0)}`,
    failed: (status, errorType) => {
      const code = GRPC_STATUS[status] ?? 2;
      return `${common},${intAttribute('rpc.grpc.status_code', code)},${attribute('error.type', errorType || String(code))}`;
    },
  };
}

export function clientText(system: System, call: Call, caller: Service): ClientText {
  if (call.kind === 'service') return serviceClientText(system, call);
  if (call.kind === 'external') return externalText(system, call);
  if (call.kind === 'queue') {
    const queue = system.queues[call.target] as Queue;
    const common = messagingAttributes(queue, 'send', caller);
    return {
      name: `send ${queue.name}`,
      ok: common,
      failed: (_status, errorType) => `${common},${attribute('error.type', errorType)}`,
    };
  }
  return storeText(system.stores[call.target] as Store, call);
}

function serviceClientText(system: System, call: Call): ClientText {
  const service = system.services[call.target] as Service;
  const operation = system.operations[call.operation] as Operation;
  if (service.protocol === 'grpc') return grpcText(operation, service, true);
  const path = operation.route.replace('{id}', '8f14e45f');
  const common = [
    attribute('http.request.method', operation.method),
    attribute('server.address', service.address),
    intAttribute('server.port', service.port),
    attribute('url.full', `http://${service.address}:${service.port}${path}`),
  ].join(',');
  return {
    name: operation.method,
    ok: `${common},${intAttribute('http.response.status_code', operation.method === 'POST' ? 201 : 200)}`,
    failed: (status, errorType) => httpFailure(common, status, errorType),
  };
}

/** Without an answer there is no status code; the error type then is the client's. */
function httpFailure(common: string, status: number, errorType: string): string {
  if (errorType) return `${common},${attribute('error.type', errorType)}`;
  return `${common},${intAttribute('http.response.status_code', status)},${attribute('error.type', String(status))}`;
}

function externalText(system: System, call: Call): ClientText {
  const external = system.externals[call.target];
  const common = [
    attribute('http.request.method', 'POST'),
    attribute('server.address', external?.name ?? ''),
    intAttribute('server.port', 443),
    attribute('url.full', `https://${external?.name ?? ''}${external?.path ?? ''}`),
  ].join(',');
  return {
    name: 'POST',
    ok: `${common},${intAttribute('http.response.status_code', 200)}`,
    failed: (status, errorType) => httpFailure(common, status, errorType),
  };
}

function messagingAttributes(queue: Queue, operation: 'send' | 'process', service: Service): string {
  return [
    attribute('messaging.system', queue.system),
    attribute('messaging.destination.name', queue.name),
    attribute('messaging.operation.name', operation),
    attribute('messaging.operation.type', operation),
    attribute('server.address', queue.broker),
    intAttribute('server.port', queue.port),
    ...(operation === 'process'
      ? [attribute('messaging.consumer.group.name', queue.group)]
      : [attribute('messaging.client.id', `${service.name}-producer`)]),
  ].join(',');
}

export interface StatementText {
  readonly summary: string;
  readonly verb: string;
  readonly text: string;
}
/** The few statements a table is asked with. */
export function statementOf(store: Store, position: number): StatementText {
  const { table } = store;
  if (store.isCache) return { summary: 'GET', verb: 'GET', text: `GET ${table}:?` };
  if (store.system === 'mongodb') {
    const verb = ['find', 'find', 'update', 'aggregate'][position] ?? 'find';
    return { summary: `${verb} ${table}`, verb, text: `{"${verb}":"${table}","filter":{"_id":"?"}}` };
  }
  const marks = store.system === 'postgresql' ? ['$1', '$2'] : ['?', '?'];
  const statements = [
    ['SELECT', `SELECT id, status, updated_at FROM ${table} WHERE id = ${marks[0]}`],
    ['SELECT', `SELECT * FROM ${table} WHERE customer_id = ${marks[0]} ORDER BY created_at DESC LIMIT 50`],
    ['UPDATE', `UPDATE ${table} SET status = ${marks[0]}, updated_at = now() WHERE id = ${marks[1]}`],
    ['INSERT', `INSERT INTO ${table} (customer_id, payload) VALUES (${marks[0]}, ${marks[1]})`],
  ] as const;
  const [verb, text] = statements[position] ?? statements[0];
  return { summary: `${verb} ${table}`, verb, text };
}

function storeText(store: Store, call: Call): ClientText {
  const statement = statementOf(store, call.statement);
  const common = [
    attribute('db.system.name', store.system),
    attribute('db.namespace', store.database),
    ...(store.isCache ? [] : [attribute('db.collection.name', store.table)]),
    attribute('db.query.summary', statement.summary),
    attribute('db.query.text', statement.text),
    attribute('server.address', store.name),
    intAttribute('server.port', store.port),
  ].join(',');
  return {
    name: statement.summary,
    ok: common,
    failed: (_status, errorType) => `${common},${attribute('error.type', errorType)}`,
  };
}
