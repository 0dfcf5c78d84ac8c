/** Loaded first in a utility process: gives it Electron's `process.parentPort` over Node's own IPC. */
import { EventEmitter } from 'node:events';
import { decodeMessage, encodeMessage } from '../../../shared/rpc/wire-encoding.ts';
import { CarriedPorts } from './utility-wire.ts';
import type { UtilityFrame } from './utility-wire.ts';

const send = (frame: UtilityFrame): void => void process.send?.(frame, undefined, {}, () => undefined);
const ports = new CarriedPorts(send);
const waiting: unknown[] = [];

class ParentPort extends EventEmitter {
  postMessage(message: unknown): void {
    send({ type: 'message', bytes: encodeMessage(message), portIds: [] });
  }
}
const parentPort = new ParentPort();
parentPort.on('newListener', (event) => {
  if (event !== 'message') return;
  // Electron keeps messages until somebody listens.
  for (const message of waiting.splice(0)) setImmediate(() => parentPort.emit('message', message));
});
process.on('message', (raw) => {
  const frame = raw as UtilityFrame;
  if (frame.type !== 'message') return ports.receive(frame);
  const message = { data: decodeMessage(frame.bytes), ports: frame.portIds.map((portId) => ports.take(portId)) };
  if (parentPort.listenerCount('message') > 0) parentPort.emit('message', message);
  else waiting.push(message);
});
// A utility process never outlives the program.
process.on('disconnect', () => process.exit());
Object.defineProperty(process, 'parentPort', { value: parentPort });
