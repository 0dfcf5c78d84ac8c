/** What programs say when something fails, by runtime: error types, messages and stack traces. */
import type { Random } from '../base/random.ts';
import type { Runtime, Service, Store } from './system.ts';

export interface Failure {
  /** HTTP status that the caller would see. */
  readonly status: number;
  readonly errorType: string;
  readonly message: string;
}

const TIMEOUT: Readonly<Record<Runtime, string>> = {
  java: 'java.net.SocketTimeoutException',
  go: 'context.deadlineExceededError',
  nodejs: 'ETIMEDOUT',
  python: 'httpx.ReadTimeout',
  dotnet: 'System.Threading.Tasks.TaskCanceledException',
};
const REFUSED: Readonly<Record<Runtime, string>> = {
  java: 'java.net.ConnectException',
  go: '*net.OpError',
  nodejs: 'ECONNREFUSED',
  python: 'httpx.ConnectError',
  dotnet: 'System.Net.Http.HttpRequestException',
};
const TLS: Readonly<Record<Runtime, string>> = {
  java: 'javax.net.ssl.SSLHandshakeException',
  go: '*tls.CertificateVerificationError',
  nodejs: 'CERT_HAS_EXPIRED',
  python: 'ssl.SSLCertVerificationError',
  dotnet: 'System.Security.Authentication.AuthenticationException',
};
const STORE_FAILURE: Readonly<Record<Store['system'], readonly [errorType: string, message: string]>> = {
  postgresql: ['53100', 'ERROR: could not extend file "base/16384/24601": No space left on device'],
  mysql: ['1114', "ERROR 1114 (HY000): The table '{table}' is full"],
  mongodb: ['14031', 'OutOfDiskSpace: available disk space is below the required minimum'],
  redis: [
    'MISCONF',
    'MISCONF Redis is configured to save RDB snapshots, but it is currently unable to persist to disk',
  ],
};

export function timeoutFailure(runtime: Runtime, peer: string, timeoutMs: number): Failure {
  const text =
    runtime === 'go'
      ? `Post "http://${peer}": context deadline exceeded`
      : `Read timed out after ${timeoutMs} ms calling ${peer}`;
  return { status: 504, errorType: TIMEOUT[runtime], message: text };
}
export function refusedFailure(runtime: Runtime, peer: string, port: number): Failure {
  const text =
    runtime === 'go' ? `dial tcp: lookup ${peer}: connect: connection refused` : `Connection refused: ${peer}:${port}`;
  return { status: 503, errorType: REFUSED[runtime], message: text };
}
export function tlsFailure(runtime: Runtime, peer: string, expiry: string): Failure {
  const texts: Readonly<Record<Runtime, string>> = {
    java: `PKIX path validation failed: java.security.cert.CertPathValidatorException: validity check failed for ${peer}: NotAfter: ${expiry}`,
    go: `tls: failed to verify certificate: x509: certificate has expired or is not yet valid: current time is after ${expiry} (${peer})`,
    nodejs: `certificate has expired for ${peer} (valid to ${expiry})`,
    python: `[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: certificate has expired (${peer}, notAfter=${expiry})`,
    dotnet: `The remote certificate of ${peer} is invalid because of errors in the certificate chain: NotTimeValid (${expiry})`,
  };
  return { status: 502, errorType: TLS[runtime], message: texts[runtime] };
}
export function storeFailure(store: Store): Failure {
  const [errorType, message] = STORE_FAILURE[store.system];
  return { status: 500, errorType, message: message.replace('{table}', store.table) };
}
export function poolFailure(runtime: Runtime, store: string, waitedMs: number, size: number, waiting: number): Failure {
  if (runtime === 'java') {
    return {
      status: 500,
      errorType: 'java.sql.SQLTransientConnectionException',
      message: `HikariPool-1 - Connection is not available, request timed out after ${waitedMs}ms (total=${size}, active=${size}, idle=0, waiting=${waiting})`,
    };
  }
  const texts: Readonly<Record<Runtime, readonly [string, string]>> = {
    java: ['', ''],
    go: ['*pool.AcquireError', `acquire connection to ${store}: context deadline exceeded: pool of ${size} exhausted`],
    nodejs: [
      'TimeoutError',
      `ResourceRequest timed out acquiring a connection to ${store}; the pool of ${size} is probably full`,
    ],
    python: [
      'sqlalchemy.exc.TimeoutError',
      `QueuePool limit of size ${size} overflow 0 reached, connection timed out, timeout ${(waitedMs / 1000).toFixed(2)}`,
    ],
    dotnet: [
      'System.InvalidOperationException',
      `Timeout expired prior to obtaining a connection from the pool. All ${size} pooled connections were in use (${store})`,
    ],
  };
  const [errorType, message] = texts[runtime];
  return { status: 500, errorType, message };
}
export function publishFailure(runtime: Runtime, queue: string): Failure {
  if (runtime === 'java') {
    return {
      status: 500,
      errorType: 'org.apache.kafka.common.errors.TimeoutException',
      message: `Expiring 14 record(s) for ${queue}-2:3000 ms has passed since batch creation`,
    };
  }
  return {
    status: 500,
    errorType: 'DeliveryTimeout',
    message: `message to ${queue} was not acknowledged within 3000 ms`,
  };
}
export function rejectedFailure(service: Service): Failure {
  return {
    status: 503,
    errorType: '503',
    message: `worker queue is full (${service.workers} active), request rejected`,
  };
}

const NOISE_ERRORS: readonly string[] = [
  'Validation failed for {noun}: field "reference" must not be blank',
  'Optimistic lock failure on {noun}, giving up',
  'Cannot parse {noun} amount "12,5o"',
  '{noun} was deleted while being updated',
  'Unsupported locale "xx_QQ" in {noun} request',
];
/** Failures that every program has now and then. */
export function noiseFailure(runtime: Runtime, noun: string, random: Random): Failure {
  const types: Readonly<Record<Runtime, string>> = {
    java: 'jakarta.validation.ValidationException',
    go: '*errors.errorString',
    nodejs: 'RangeError',
    python: 'KeyError',
    dotnet: 'System.FormatException',
  };
  return { status: 500, errorType: types[runtime], message: random.choice(NOISE_ERRORS).replaceAll('{noun}', noun) };
}

/** A stack as the runtime prints it; `where` is the class or module that failed. */
export function stackTrace(service: Service, noun: string, failure: Failure): string {
  const pascal = noun[0]?.toUpperCase() + noun.slice(1);
  const pack = service.name.replaceAll('-', '');
  // Lines differ from type to type and are the same for one type.
  const line = 20 + ((failure.errorType.length * 37 + failure.message.length) % 240);
  if (service.runtime === 'java') {
    return [
      `${failure.errorType}: ${failure.message}`,
      `\tat com.${pack}.${noun}.${pascal}Repository.load(${pascal}Repository.java:${line})`,
      `\tat com.${pack}.${noun}.${pascal}Service.handle(${pascal}Service.java:${line + 31})`,
      `\tat com.${pack}.web.${pascal}Controller.invoke(${pascal}Controller.java:${line % 90})`,
      '\tat org.springframework.web.servlet.FrameworkServlet.service(FrameworkServlet.java:897)',
      '\tat java.base/java.lang.Thread.run(Thread.java:1583)',
    ].join('\n');
  }
  if (service.runtime === 'python') {
    return [
      'Traceback (most recent call last):',
      `  File "/app/${noun}/handlers.py", line ${line}, in handle`,
      `    return await service.load_${noun}(request)`,
      `  File "/app/${noun}/service.py", line ${line + 12}, in load_${noun}`,
      `${failure.errorType}: ${failure.message}`,
    ].join('\n');
  }
  if (service.runtime === 'nodejs') {
    return [
      `${failure.errorType}: ${failure.message}`,
      `    at load${pascal} (/app/dist/${noun}/service.js:${line}:17)`,
      `    at async handle${pascal} (/app/dist/${noun}/routes.js:${line % 80}:20)`,
    ].join('\n');
  }
  if (service.runtime === 'dotnet') {
    return [
      `${failure.errorType}: ${failure.message}`,
      `   at ${pascal}.Service.Load(String id) in /src/${pascal}/Service.cs:line ${line}`,
      `   at ${pascal}.Controllers.${pascal}Controller.Handle() in /src/${pascal}/Controller.cs:line ${line % 90}`,
    ].join('\n');
  }
  return [
    `${noun}.(*Service).Load(0xc000452000)`,
    `\t/src/internal/${noun}/service.go:${line} +0x1d4`,
    `main.(*server).handle${pascal}(0xc0001b6000)`,
    `\t/src/cmd/server/${noun}.go:${line % 90} +0x8a`,
  ].join('\n');
}
