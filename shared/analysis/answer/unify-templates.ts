/**
 * Gives all records of templates that turn out to be one event the same template, so that counts before and after are
 * comparable. Ids and texts of the case file stay; only the view that analysis works on changes.
 */
import type { LogTemplate, Telemetry } from '../../model/telemetry.ts';
import { mergeTemplates } from '../log-templates/merge-templates.ts';

export function unifyTemplates(telemetry: Telemetry, throwIfCancelled: () => void = () => undefined): Telemetry {
  const { logs } = telemetry;
  if (logs.templates.length < 2) return telemetry;
  const counts = new Float64Array(logs.templates.length);
  for (let i = 0; i < logs.length; i += 1) counts[logs.template[i]!] = (counts[logs.template[i]!] ?? 0) + 1;
  const aliases = mergeTemplates(
    logs.templates.map(({ id, text }, i) => ({ id, text, count: counts[i]! })),
    throwIfCancelled,
  );
  if (aliases.size === 0) return telemetry;
  const target = new Int32Array(logs.templates.length);
  const places = new Map<string, number>();
  const templates: LogTemplate[] = [...logs.templates];
  logs.templates.forEach((template, index) => {
    const merged = aliases.get(template.id);
    const id = merged?.id ?? template.id;
    const place = places.get(id);
    target[index] = place ?? index;
    if (place !== undefined) return;
    places.set(id, index);
    if (merged) templates[index] = { ...template, id, text: merged.text };
  });
  return { ...telemetry, logs: { ...logs, templates, template: logs.template.map((old) => target[old] ?? old) } };
}
