/**
 * Kubernetes: events, objects and audit events, as `kubectl get -o json|yaml`, must-gather, support bundles and
 * `cluster-info dump` write them: single objects, lists, concatenated or several documents.
 */
import type { RecordBatch } from '../../model/record-batch.ts';
import { readDocuments } from '../document-reader.ts';
import type { FileHead, Importer, Recognition } from '../importer.ts';
import { RecordCollector } from '../record-collector.ts';
import type { YamlPiece } from '../yaml-documents.ts';
import { KubernetesReader } from './kubernetes-reader.ts';
import { recogniseKubernetes } from './recognise-kubernetes.ts';

export const kubernetesImporter: Importer = {
  id: 'kubernetes',
  title: 'Kubernetes events, objects and audit log (JSON, YAML)',
  version: 1,
  references: [
    'https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/event-v1/',
    'https://kubernetes.io/docs/reference/config-api/apiserver-audit.v1/',
    'https://github.com/openshift/must-gather',
    'https://troubleshoot.sh/docs/support-bundle/collecting/',
  ],
  recognise(head: FileHead): Recognition {
    return recogniseKubernetes(head);
  },
  async *parse(chunks, context): AsyncIterable<RecordBatch> {
    const collector = new RecordCollector();
    const reader = new KubernetesReader(collector, context);
    yield* readDocuments(chunks, {
      collector,
      context,
      onObject: (value, place) =>
        reader.document(value, itemKind(place.listKind), place.listApiVersion, place.line, place.byteOffset),
      // Objects that will not be kept need not be understood.
      skipsYaml: (piece) => reader.skipsKind(kindOf(piece)),
    });
    reader.finish();
    yield* collector.finish();
  },
};

/** `DeploymentList` → `Deployment`; `List` says nothing. */
function itemKind(listKind: string): string {
  return listKind.replace(/List$/, '');
}

const KIND_LINES = /^( *)kind:\s*["']?([A-Za-z]+)/gm;

/** The kind of the object itself: the least indented of the kinds in its text. */
function kindOf(piece: YamlPiece): string {
  let kind = itemKind(piece.listKind);
  let least = Number.POSITIVE_INFINITY;
  for (const match of piece.text.matchAll(KIND_LINES)) {
    const indent = match[1]?.length ?? 0;
    if (indent < least) {
      least = indent;
      kind = match[2] ?? kind;
    }
  }
  return kind;
}
