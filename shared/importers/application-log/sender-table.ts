/** Resources and header attributes of one file's records, interned: a file has few senders and many lines. */
import type { AttributeValue, Attributes, Resource } from '../../model/resource.ts';
import {
  ATTR_DEPLOYMENT_ENVIRONMENT_NAME,
  ATTR_HOST_NAME,
  ATTR_K8S_CONTAINER_NAME,
  ATTR_K8S_NAMESPACE_NAME,
  ATTR_K8S_NODE_NAME,
  ATTR_K8S_POD_NAME,
  ATTR_PROCESS_PID,
  ATTR_SERVICE_INSTANCE_ID,
  ATTR_SERVICE_NAME,
  ATTR_SERVICE_VERSION,
} from '../../semconv/attribute-keys.ts';
import { makeResource } from '../resource-table.ts';
import type { HeaderValues } from './header-fields.ts';
import type { StructuredRecord } from './structured-record.ts';

/** Dictionaries are emptied when a file turns out to have this many different entries. */
const MAX_REMEMBERED = 4_096;

export class SenderTable {
  readonly #pathResource: Attributes;
  readonly #resources = new Map<string, Resource>();
  readonly #attributes = new Map<string, string>();

  /** `pathResource`: what the file's place in the bundle says about the sender. */
  constructor(pathResource: Attributes) {
    this.#pathResource = pathResource;
  }

  /** Sender of a plain line; `source` is the name a wrapper gave. */
  ofHeader(source: string, values: HeaderValues): Resource {
    const service = values.service === '' ? values.process : values.service;
    return this.#intern(`${source}\0${service}\0${values.host}`, () =>
      this.#attributesOf(source, { service, host: values.host }),
    );
  }

  ofRecord(source: string, sender: StructuredRecord['sender']): Resource {
    const { service, host, pod, namespace, container, node, instance, version, environment } = sender;
    const key = `${source}\0${service}\0${host}\0${pod}\0${namespace}\0${container}\0${node}\0${instance}\0${version}\0${environment}`;
    return this.#intern(key, () => this.#attributesOf(source, sender));
  }

  /** Compact JSON of thread, logger, process id and source position; '' when there are none. */
  headerAttributes(values: HeaderValues): string {
    if (values.thread === '' && values.logger === '' && values.pid === '' && values.source === '') return '';
    const key = `${values.thread}\0${values.logger}\0${values.pid}\0${values.source}`;
    let text = this.#attributes.get(key);
    if (text === undefined) {
      text = JSON.stringify({
        ...(values.logger === '' ? {} : { logger: values.logger }),
        ...(values.thread === '' ? {} : { 'thread.name': values.thread }),
        ...(values.pid === ''
          ? {}
          : { [ATTR_PROCESS_PID]: /^\d+$/.test(values.pid) ? Number(values.pid) : values.pid }),
        ...(values.source === '' ? {} : { 'code.location': values.source }),
      });
      if (this.#attributes.size >= MAX_REMEMBERED) this.#attributes.clear();
      this.#attributes.set(key, text);
    }
    return text;
  }

  #intern(key: string, attributes: () => Attributes): Resource {
    let resource = this.#resources.get(key);
    if (resource === undefined) {
      resource = makeResource(attributes());
      if (this.#resources.size >= MAX_REMEMBERED) this.#resources.clear();
      this.#resources.set(key, resource);
    }
    return resource;
  }

  #attributesOf(source: string, sender: Partial<StructuredRecord['sender']>): Attributes {
    const attributes: Record<string, AttributeValue> = { ...this.#pathResource };
    const set = (key: string, value: string | undefined): void => {
      if (value !== undefined && value !== '') attributes[key] = value;
    };
    if (source.includes('/')) {
      const [pod, container] = source.split('/');
      set(ATTR_K8S_POD_NAME, pod);
      set(ATTR_K8S_CONTAINER_NAME, container);
    } else if (source !== '') {
      // docker compose numbers the copies of a service.
      set(ATTR_SERVICE_NAME, source.replace(/[-_]\d{1,3}$/, ''));
      if (/[-_]\d{1,3}$/.test(source)) set(ATTR_SERVICE_INSTANCE_ID, source);
    }
    set(ATTR_HOST_NAME, sender.host);
    set(ATTR_K8S_POD_NAME, sender.pod);
    set(ATTR_K8S_NAMESPACE_NAME, sender.namespace);
    set(ATTR_K8S_CONTAINER_NAME, sender.container);
    set(ATTR_K8S_NODE_NAME, sender.node);
    set(ATTR_SERVICE_INSTANCE_ID, sender.instance);
    set(ATTR_SERVICE_VERSION, sender.version);
    set(ATTR_DEPLOYMENT_ENVIRONMENT_NAME, sender.environment);
    set(ATTR_SERVICE_NAME, sender.service);
    return attributes;
  }
}
