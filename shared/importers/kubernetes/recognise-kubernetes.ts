/** How sure one can be, from its first bytes, that a file holds Kubernetes documents. */
import type { FileHead, Recognition } from '../importer.ts';

/** Groups that other importers read: their objects are changes, rules or configuration of their own kind. */
const FOREIGN = /^(?:argoproj\.io\/.*\nkind: (?:Application|AppProject)|troubleshoot\.sh\/)/;
const NO: Recognition = { confidence: 0, reason: 'No Kubernetes document.' };

export function recogniseKubernetes(head: FileHead): Recognition {
  const start = head.text.trimStart();
  if (start.startsWith('{') || start.startsWith('[')) return recogniseJson(start);
  return recogniseYaml(start);
}

function recogniseJson(text: string): Recognition {
  const opening = text.slice(0, 65_536);
  const apiVersion = /"apiVersion"\s*:\s*"([\w./-]+)"/.exec(opening)?.[1];
  const kind = /"kind"\s*:\s*"([A-Z]\w*)"/.exec(opening)?.[1];
  if (apiVersion !== undefined && kind !== undefined) {
    if (apiVersion.startsWith('argoproj.io/') && kind.startsWith('App')) return NO;
    if (/"specversion"\s*:/.test(opening.slice(0, 2_000))) return NO;
    return { confidence: 0.92, reason: `JSON with apiVersion ${apiVersion} and kind ${kind}.` };
  }
  if (/"(?:involvedObject|regarding)"\s*:\s*\{/.test(opening) && /"reason"\s*:/.test(opening))
    return { confidence: 0.85, reason: 'JSON events that name the Kubernetes object they regard.' };
  const hasMetadata =
    /"metadata"\s*:\s*\{/.test(opening) && /"(?:creationTimestamp|resourceVersion|uid)"\s*:/.test(opening);
  if (
    hasMetadata &&
    /"(?:namespace|ownerReferences|labels)"\s*:/.test(opening) &&
    !/"(?:resourceSpans|resourceLogs)"/.test(opening)
  )
    return { confidence: 0.7, reason: 'JSON with the metadata of a Kubernetes object, without its kind.' };
  return NO;
}

function recogniseYaml(text: string): Recognition {
  const apiVersion = /^(?:- )?\s{0,2}apiVersion:\s*["']?([\w./-]+)/m.exec(text)?.[1];
  const kind = /^\s{0,2}kind:\s*["']?([A-Z]\w*)/m.exec(text)?.[1];
  if (apiVersion === undefined || kind === undefined) return NO;
  if (FOREIGN.test(`${apiVersion}\nkind: ${kind}`)) return NO;
  return { confidence: 0.9, reason: `YAML with apiVersion ${apiVersion} and kind ${kind}.` };
}
