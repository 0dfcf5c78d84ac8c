/** How sure one can be, from its first bytes, that a file holds Kubernetes documents. */
import { sampleObjects } from '../document-reader.ts';
import type { FileHead, Recognition } from '../importer.ts';
import { isJsonObject, textAt } from '../json-access.ts';

/** Groups that other importers read: their objects are changes, rules or configuration of their own kind. */
const FOREIGN = /^(?:argoproj\.io\/.*\nkind: (?:Application|AppProject)|troubleshoot\.sh\/)/;
const NO: Recognition = { confidence: 0, reason: 'No Kubernetes document.' };

export function recogniseKubernetes(head: FileHead): Recognition {
  const start = head.text.trimStart();
  if (start.startsWith('{') || start.startsWith('[')) return recogniseJson(head, start);
  return recogniseYaml(start);
}

function recogniseJson(head: FileHead, text: string): Recognition {
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
  const objects = sampleObjects(head);
  const bare = objects.filter(
    (o) => textAt(o, 'metadata', 'name') !== '' && isJsonObject(o['spec']) && textAt(o, 'metadata', 'uid') !== '',
  );
  if (bare.length > 0 && bare.length === objects.length)
    return { confidence: 0.8, reason: 'JSON with metadata and spec of a Kubernetes object, without its kind.' };
  return NO;
}

function recogniseYaml(text: string): Recognition {
  const apiVersion = /^(?:- )?\s{0,2}apiVersion:\s*["']?([\w./-]+)/m.exec(text)?.[1];
  const kind = /^\s{0,2}kind:\s*["']?([A-Z]\w*)/m.exec(text)?.[1];
  if (apiVersion === undefined || kind === undefined) return NO;
  if (FOREIGN.test(`${apiVersion}\nkind: ${kind}`)) return NO;
  return { confidence: 0.9, reason: `YAML with apiVersion ${apiVersion} and kind ${kind}.` };
}
