/**
 * Which key of a structured log record means what: the names that pino, bunyan, winston, zap, zerolog, logrus, slog,
 * logback, log4j, ECS, Serilog (CLEF), NLog, GELF, monolog, structlog, Fluentd, journald and the cloud agents use.
 * A role may be named by several keys of one record; the lowest rank wins and the others stay attributes.
 */

export type FieldRole =
  | 'time'
  | 'level'
  | 'message'
  | 'service'
  | 'logger'
  | 'host'
  | 'traceId'
  | 'spanId'
  | 'pod'
  | 'namespace'
  | 'container'
  | 'node'
  | 'instance'
  | 'version'
  | 'environment'
  | 'nested';

interface RoleOfKey {
  readonly role: FieldRole;
  readonly rank: number;
}

/** Keys in lower case, best first. */
const KEYS: Readonly<Record<FieldRole, string>> = {
  time: `@timestamp timestamp time ts @t t _time eventtime event_time datetime date asctime created_at created logged_at
    time_iso8601 instant timemillis epoch time_unix_nano timeunixnano __realtime_timestamp _source_realtime_timestamp`,
  level: `level severity_text severitytext severity log.level loglevel log_level lvl @l level_name levelname
    severity_number severitynumber levelno priority`,
  message: `message msg @m body log.message short_message text textpayload log @mt event_message messagetemplate full_message
    event description`,
  service: `service.name service_name servicename service dd.service application app_name appname app
    application_name applicationname component_name name syslog_identifier _systemd_unit`,
  logger: `logger logger_name loggername log.logger sourcecontext category caller_name channel`,
  host: `host.name host hostname machinename _hostname`,
  traceId: `trace_id traceid trace.id oteltraceid @tr x-b3-traceid dd.trace_id trace`,
  spanId: `span_id spanid span.id otelspanid @sp x-b3-spanid dd.span_id`,
  pod: `k8s.pod.name kubernetes.pod_name kubernetes.pod.name pod_name`,
  namespace: `k8s.namespace.name kubernetes.namespace_name kubernetes.namespace pod_namespace`,
  container: `k8s.container.name kubernetes.container_name kubernetes.container.name container_name`,
  node: `k8s.node.name kubernetes.host kubernetes.node.name`,
  instance: `service.instance.id instance_id`,
  version: `service.version service_version`,
  environment: `deployment.environment.name deployment.environment env environment`,
  nested: `fields @fields context resource attributes kubernetes service log mdc span trace host error_context data contextmap
    properties labels record extra jsonpayload`,
};

const ROLES = new Map<string, RoleOfKey>();
for (const role of Object.keys(KEYS) as FieldRole[]) {
  for (const [rank, key] of KEYS[role].split(/\s+/).entries()) {
    if (role !== 'nested' && !ROLES.has(key)) ROLES.set(key, { role, rank });
  }
}
/** Objects that may hold fields with a role: their own keys are looked at under `key.` and bare. */
export const NESTING_KEYS: ReadonlySet<string> = new Set(KEYS.nested.split(/\s+/));

const MAX_REMEMBERED = 5_000;
const remembered = new Map<string, RoleOfKey | null>();

/** The role of a key in any case and spelling; undefined for an ordinary attribute. */
export function roleOfKey(key: string): RoleOfKey | undefined {
  const known = remembered.get(key);
  if (known !== undefined) return known ?? undefined;
  const lower = key.toLowerCase();
  const role = ROLES.get(lower) ?? ROLES.get(lower.replace(/-/g, '_')) ?? null;
  if (remembered.size < MAX_REMEMBERED) remembered.set(key, role);
  return role ?? undefined;
}
