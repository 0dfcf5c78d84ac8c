/**
 * Units: the spellings tools write → UCUM codes (https://ucum.org) as OpenTelemetry uses them, and the unit a Prometheus
 * metric name ends with.
 */
const UCUM: ReadonlyMap<string, string> = new Map(
  Object.entries({
    seconds: 's',
    second: 's',
    sec: 's',
    s: 's',
    milliseconds: 'ms',
    millisecond: 'ms',
    millis: 'ms',
    ms: 'ms',
    microseconds: 'us',
    micros: 'us',
    us: 'us',
    nanoseconds: 'ns',
    nanos: 'ns',
    ns: 'ns',
    minutes: 'min',
    hours: 'h',
    days: 'd',
    bytes: 'By',
    byte: 'By',
    by: 'By',
    bits: 'bit',
    kilobytes: 'kBy',
    kibibytes: 'KiBy',
    megabytes: 'MBy',
    mebibytes: 'MiBy',
    gigabytes: 'GBy',
    gibibytes: 'GiBy',
    ratio: '1',
    percent: '%',
    celsius: 'Cel',
    volts: 'V',
    amperes: 'A',
    joules: 'J',
    watts: 'W',
    grams: 'g',
    meters: 'm',
    hertz: 'Hz',
    cores: '{cpu}',
  }),
);

/** UCUM code of a unit however spelt; text that is no known word is returned as it is. */
export function ucumOf(unit: string): string {
  const word = unit.trim();
  return UCUM.get(word.toLowerCase()) ?? word;
}

/** `http_request_duration_seconds_bucket` → `s`; '' when the name does not end in a unit. */
export function unitOfMetricName(name: string): string {
  const words = name.replace(/_(?:total|bucket|count|sum|created|info|max|min|avg)$/, '').split(/[_.]/);
  const last = words.at(-1) ?? '';
  // A count of events has no unit even where the family name ends in one.
  if (name.endsWith('_count') || words.length < 2 || last.length < 3) return '';
  return UCUM.get(last) ?? '';
}
