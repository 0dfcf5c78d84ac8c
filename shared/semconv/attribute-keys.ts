/**
 * OpenTelemetry attribute keys (semantic conventions 1.37) and the names tools used before. The only place where such a
 * key is spelt out; everything else imports it from here.
 */
export const ATTR_SERVICE_NAME = 'service.name';
export const ATTR_SERVICE_NAMESPACE = 'service.namespace';
export const ATTR_SERVICE_VERSION = 'service.version';
export const ATTR_SERVICE_INSTANCE_ID = 'service.instance.id';
export const ATTR_SERVICE_PEER_NAME = 'service.peer.name';
export const ATTR_DEPLOYMENT_ENVIRONMENT_NAME = 'deployment.environment.name';

export const ATTR_HOST_NAME = 'host.name';
export const ATTR_HOST_ID = 'host.id';
export const ATTR_PROCESS_PID = 'process.pid';
export const ATTR_CONTAINER_NAME = 'container.name';
export const ATTR_CONTAINER_ID = 'container.id';
export const ATTR_CONTAINER_IMAGE_NAME = 'container.image.name';
export const ATTR_CONTAINER_IMAGE_TAGS = 'container.image.tags';
export const ATTR_FAAS_NAME = 'faas.name';
export const ATTR_CLOUD_REGION = 'cloud.region';
export const ATTR_CLOUD_AVAILABILITY_ZONE = 'cloud.availability_zone';
export const ATTR_CLOUD_RESOURCE_ID = 'cloud.resource_id';

export const ATTR_K8S_CLUSTER_NAME = 'k8s.cluster.name';
export const ATTR_K8S_NAMESPACE_NAME = 'k8s.namespace.name';
export const ATTR_K8S_NODE_NAME = 'k8s.node.name';
export const ATTR_K8S_POD_NAME = 'k8s.pod.name';
export const ATTR_K8S_POD_UID = 'k8s.pod.uid';
export const ATTR_K8S_CONTAINER_NAME = 'k8s.container.name';
export const ATTR_K8S_CONTAINER_RESTART_COUNT = 'k8s.container.restart_count';
export const ATTR_K8S_DEPLOYMENT_NAME = 'k8s.deployment.name';
export const ATTR_K8S_REPLICASET_NAME = 'k8s.replicaset.name';
export const ATTR_K8S_STATEFULSET_NAME = 'k8s.statefulset.name';
export const ATTR_K8S_DAEMONSET_NAME = 'k8s.daemonset.name';
export const ATTR_K8S_JOB_NAME = 'k8s.job.name';
export const ATTR_K8S_CRONJOB_NAME = 'k8s.cronjob.name';

export const ATTR_SERVER_ADDRESS = 'server.address';
export const ATTR_SERVER_PORT = 'server.port';
export const ATTR_CLIENT_ADDRESS = 'client.address';
export const ATTR_NETWORK_PEER_ADDRESS = 'network.peer.address';
export const ATTR_URL_FULL = 'url.full';
export const ATTR_URL_PATH = 'url.path';
export const ATTR_HTTP_REQUEST_METHOD = 'http.request.method';
export const ATTR_HTTP_RESPONSE_STATUS_CODE = 'http.response.status_code';
export const ATTR_HTTP_ROUTE = 'http.route';
export const ATTR_RPC_SYSTEM = 'rpc.system';
export const ATTR_RPC_SERVICE = 'rpc.service';
export const ATTR_RPC_METHOD = 'rpc.method';
export const ATTR_RPC_GRPC_STATUS_CODE = 'rpc.grpc.status_code';

export const ATTR_DB_SYSTEM_NAME = 'db.system.name';
export const ATTR_DB_NAMESPACE = 'db.namespace';
export const ATTR_DB_QUERY_TEXT = 'db.query.text';
export const ATTR_DB_OPERATION_NAME = 'db.operation.name';
export const ATTR_DB_COLLECTION_NAME = 'db.collection.name';
export const ATTR_MESSAGING_SYSTEM = 'messaging.system';
export const ATTR_MESSAGING_DESTINATION_NAME = 'messaging.destination.name';
export const ATTR_MESSAGING_OPERATION_NAME = 'messaging.operation.name';

export const ATTR_ERROR_TYPE = 'error.type';
export const ATTR_EXCEPTION_TYPE = 'exception.type';
export const ATTR_EXCEPTION_MESSAGE = 'exception.message';
export const ATTR_EXCEPTION_STACKTRACE = 'exception.stacktrace';
export const ATTR_EVENT_NAME = 'event.name';
export const ATTR_OTEL_SCOPE_NAME = 'otel.scope.name';
export const ATTR_OTEL_SCOPE_VERSION = 'otel.scope.version';

/** OpenTracing and OpenCensus tags that say what OTLP has fields for. */
export const TAG_SPAN_KIND = 'span.kind';
export const TAG_ERROR = 'error';
export const TAG_OTEL_STATUS_CODE = 'otel.status_code';
export const TAG_OTEL_STATUS_DESCRIPTION = 'otel.status_description';

/** Old name → current name. A key that was split in two is listed under the half that names the peer or the outcome. */
export const CURRENT_ATTRIBUTE_NAMES: Readonly<Record<string, string>> = {
  'peer.service': ATTR_SERVICE_PEER_NAME,
  'deployment.environment': ATTR_DEPLOYMENT_ENVIRONMENT_NAME,
  'net.peer.name': ATTR_SERVER_ADDRESS,
  'net.peer.port': ATTR_SERVER_PORT,
  'peer.hostname': ATTR_SERVER_ADDRESS,
  'peer.port': ATTR_SERVER_PORT,
  'peer.address': ATTR_SERVER_ADDRESS,
  'out.host': ATTR_SERVER_ADDRESS,
  'net.peer.ip': ATTR_NETWORK_PEER_ADDRESS,
  'net.sock.peer.addr': ATTR_NETWORK_PEER_ADDRESS,
  'peer.ipv4': ATTR_NETWORK_PEER_ADDRESS,
  'http.method': ATTR_HTTP_REQUEST_METHOD,
  'http.status_code': ATTR_HTTP_RESPONSE_STATUS_CODE,
  'http.url': ATTR_URL_FULL,
  'http.target': ATTR_URL_PATH,
  'db.system': ATTR_DB_SYSTEM_NAME,
  'db.type': ATTR_DB_SYSTEM_NAME,
  'db.name': ATTR_DB_NAMESPACE,
  'db.instance': ATTR_DB_NAMESPACE,
  'db.statement': ATTR_DB_QUERY_TEXT,
  'db.operation': ATTR_DB_OPERATION_NAME,
  'db.sql.table': ATTR_DB_COLLECTION_NAME,
  'messaging.destination': ATTR_MESSAGING_DESTINATION_NAME,
  'message_bus.destination': ATTR_MESSAGING_DESTINATION_NAME,
  'messaging.operation': ATTR_MESSAGING_OPERATION_NAME,
  'k8s.deployment': ATTR_K8S_DEPLOYMENT_NAME,
  'otel.library.name': ATTR_OTEL_SCOPE_NAME,
  'otel.library.version': ATTR_OTEL_SCOPE_VERSION,
};

/** The current names and all older names of a key, current first. */
export function spellingsOf(key: string): readonly string[] {
  const older = Object.entries(CURRENT_ATTRIBUTE_NAMES).filter(([, current]) => current === key);
  return [key, ...older.map(([old]) => old)];
}
