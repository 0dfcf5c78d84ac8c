/** Severity words and numbers of other systems → OpenTelemetry SeverityNumber (1-24, 0 = unknown). */

const SEVERITY_NUMBERS: ReadonlyMap<string, number> = new Map(
  Object.entries({
    trace: 1,
    trc: 1,
    finest: 1,
    verbose: 1,
    all: 1,
    trace2: 2,
    trace3: 3,
    trace4: 4,
    finer: 3,
    debug: 5,
    dbg: 5,
    fine: 5,
    d: 5,
    debug2: 6,
    debug3: 7,
    debug4: 8,
    config: 8,
    info: 9,
    inf: 9,
    information: 9,
    informational: 9,
    log: 9,
    i: 9,
    normal: 9,
    default: 9,
    ok: 9,
    success: 9,
    info2: 10,
    notice: 10,
    info3: 11,
    info4: 12,
    warn: 13,
    wrn: 13,
    warning: 13,
    w: 13,
    warn2: 14,
    warn3: 15,
    warn4: 16,
    error: 17,
    err: 17,
    eror: 17,
    severe: 17,
    e: 17,
    failure: 17,
    failed: 17,
    error2: 18,
    critical: 18,
    crit: 18,
    error3: 19,
    alert: 19,
    error4: 20,
    fatal: 21,
    ftl: 21,
    f: 21,
    panic: 21,
    dpanic: 21,
    emerg: 21,
    emergency: 21,
    fatal2: 22,
    fatal3: 23,
    fatal4: 24,
  }),
);

/** Any case, with or without brackets or a trailing colon; 0 for a word that is no severity. */
export function severityNumberOfText(text: string): number {
  const direct = SEVERITY_NUMBERS.get(text);
  if (direct !== undefined) return direct;
  const word = text
    .trim()
    .replace(/^[[<(]+|[\])>:]+$/g, '')
    .toLowerCase()
    .replace(/^severity_number_|^log(?:level)?[_.]/, '');
  return SEVERITY_NUMBERS.get(word) ?? 0;
}

/** RFC 5424 §6.2.1: 0 emergency … 7 debug. */
export function severityNumberOfSyslog(level: number): number {
  return [21, 19, 18, 17, 13, 10, 9, 5][level] ?? 0;
}

/** pino, bunyan: 10 trace, 20 debug, 30 info, 40 warn, 50 error, 60 fatal; values between belong to the one below. */
export function severityNumberOfPino(level: number): number {
  if (!(level >= 10)) return 0;
  return [1, 5, 9, 13, 17, 21][Math.min(Math.floor(level / 10), 6) - 1] ?? 0;
}
