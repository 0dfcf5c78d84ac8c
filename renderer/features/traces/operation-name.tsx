/** An entity and its operation in one line: where room is short the begin of the path gives way, in full on hover. */
import type { ReactNode } from 'react';
import { operationParts } from '../../charts/operation-name.ts';

export function OperationName({ entity, name }: { readonly entity: ReactNode; readonly name: string }) {
  const [head, tail] = operationParts(name);
  return (
    <span className="operation-name" dir="auto" title={name}>
      {entity}
      {entity && ' '}
      {head !== '' && <span className="operation-head text-2">{head}</span>}
      <span className="operation-tail text-2">{tail}</span>
    </span>
  );
}
