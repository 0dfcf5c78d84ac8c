/**
 * Whom a span calls, as far as the caller knows: a database, a queue, or somebody at an address. Pure look-up in
 * attributes, current names before old ones. Server spans have no peer here: their caller is known by the parent.
 */
import type { EntityRef } from '../model/entity.ts';
import type { Attributes } from '../model/resource.ts';
import { SPAN_KIND } from '../model/span.ts';
import * as key from './attribute-keys.ts';
import { attributeText } from './entity-of-resource.ts';
import { hostPart, isIpLiteral } from './host-part.ts';

const DB_SYSTEM = key.spellingsOf(key.ATTR_DB_SYSTEM_NAME);
const DB_NAMESPACE = key.spellingsOf(key.ATTR_DB_NAMESPACE);
const DB_QUERY = key.spellingsOf(key.ATTR_DB_QUERY_TEXT);
const DESTINATION = key.spellingsOf(key.ATTR_MESSAGING_DESTINATION_NAME);
const SERVER_ADDRESS = key.spellingsOf(key.ATTR_SERVER_ADDRESS);
const NETWORK_ADDRESS = key.spellingsOf(key.ATTR_NETWORK_PEER_ADDRESS);
const PEER_SERVICE = key.spellingsOf(key.ATTR_SERVICE_PEER_NAME);
const URL_FULL = key.spellingsOf(key.ATTR_URL_FULL);

/** Every key `peerOfSpan` looks at; a fast reader keeps only these. */
export const PEER_KEYS: ReadonlySet<string> = new Set([
  ...DB_SYSTEM,
  ...DB_NAMESPACE,
  ...DB_QUERY,
  ...DESTINATION,
  ...SERVER_ADDRESS,
  ...NETWORK_ADDRESS,
  ...PEER_SERVICE,
  ...URL_FULL,
  key.ATTR_MESSAGING_SYSTEM,
]);

function find(attributes: Attributes, names: readonly string[]): string | undefined {
  for (const name of names) {
    const text = attributeText(attributes, name);
    if (text !== undefined) return text;
  }
  return undefined;
}

function findHost(attributes: Attributes, names: readonly string[]): string | undefined {
  const address = find(attributes, names);
  return (address && hostPart(address)) || undefined;
}

/** A bare IP address tells less than any name, so it comes last. */
function preferName(candidates: readonly (string | undefined)[]): string | undefined {
  return candidates.find((name) => name && !isIpLiteral(name)) ?? candidates.find(Boolean);
}

/**
 * The peer of a span of `spanKind` (SPAN_KIND), or undefined when the attributes name none.
 * Database: `server.address`, else `db.namespace`, else peer service. Queue: destination, else address. Anybody else
 * (client and producer spans only): `server.address`, else peer service, else the host of the URL.
 */
export function peerOfSpan(attributes: Attributes, spanKind: number): EntityRef | undefined {
  if (spanKind === SPAN_KIND.server) return undefined;
  const destination = find(attributes, DESTINATION);
  if (destination !== undefined || attributes[key.ATTR_MESSAGING_SYSTEM] !== undefined) {
    if (spanKind === SPAN_KIND.internal) return undefined;
    const name =
      destination ?? findHost(attributes, SERVER_ADDRESS) ?? attributeText(attributes, key.ATTR_MESSAGING_SYSTEM);
    return name === undefined ? undefined : { type: 'queue', name };
  }
  if (find(attributes, DB_SYSTEM) !== undefined || find(attributes, DB_QUERY) !== undefined) {
    const name = preferName([
      findHost(attributes, SERVER_ADDRESS),
      find(attributes, DB_NAMESPACE),
      find(attributes, PEER_SERVICE),
      findHost(attributes, NETWORK_ADDRESS),
      find(attributes, DB_SYSTEM),
    ]);
    return name === undefined ? undefined : { type: 'database', name };
  }
  if (spanKind !== SPAN_KIND.client && spanKind !== SPAN_KIND.producer) return undefined;
  const name = preferName([
    findHost(attributes, SERVER_ADDRESS),
    find(attributes, PEER_SERVICE),
    findHost(attributes, URL_FULL),
    findHost(attributes, NETWORK_ADDRESS),
  ]);
  return name === undefined ? undefined : { type: 'external', name };
}
