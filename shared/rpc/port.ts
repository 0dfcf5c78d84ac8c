/** The one thing a transport must offer. Messages are plain data: what structured clone carries, minus dates and classes. */
export interface Port {
  /** Never throws once the port is closed; the message is then lost, as on any wire. Buffers in `transfer` are given away. */
  post(message: unknown, transfer?: readonly ArrayBuffer[]): void;
  /** One listener; messages that came before it was set are delivered to it. */
  onMessage(listener: (message: unknown) => void): void;
  /** Called once when either side closes or the wire breaks; at once when it is already closed. */
  onClose(listener: () => void): void;
  close(): void;
}
