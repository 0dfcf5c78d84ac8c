/** Builds archives byte by byte, so that tests can also build the ones no tool would write. */
import { crc32, deflateRawSync } from 'node:zlib';

export interface TarMember {
  readonly name: string;
  readonly content?: string | Uint8Array;
  /** Type flag; default '0', a file. */
  readonly flag?: string;
  readonly linkName?: string;
  readonly modifiedSeconds?: number;
}

const BLOCK = 512;

export function tarOf(members: readonly TarMember[], { isEnded = true } = {}): Buffer {
  const blocks = members.flatMap((member) => tarMember(member));
  return Buffer.concat(isEnded ? [...blocks, Buffer.alloc(2 * BLOCK)] : blocks);
}

function tarMember({
  name,
  content = '',
  flag = '0',
  linkName = '',
  modifiedSeconds = 1_600_000_000,
}: TarMember): Buffer[] {
  const data = Buffer.from(content);
  const header = Buffer.alloc(BLOCK);
  header.write(name, 0, 100, 'utf8');
  header.write('0000644\0', 100);
  header.write(data.length.toString(8).padStart(11, '0'), 124);
  header.write(modifiedSeconds.toString(8).padStart(11, '0'), 136);
  header.write(flag, 156);
  header.write(linkName, 157, 100, 'utf8');
  header.write('ustar\x0000', 257, 'latin1');
  signTarHeader(header, 0);
  return [header, data, Buffer.alloc((BLOCK - (data.length % BLOCK)) % BLOCK)];
}

/** Makes the checksum of the header block at `offset` right, whatever the block says. */
export function signTarHeader(tar: Buffer, offset: number): void {
  const header = tar.subarray(offset, offset + BLOCK);
  header.fill(' ', 148, 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
}

export interface ZipMember {
  readonly name: string;
  readonly content?: string | Uint8Array;
  /** Unix mode with type bits, 0 = made elsewhere. */
  readonly mode?: number;
  readonly isEncrypted?: boolean;
}

export function zipOf(members: readonly ZipMember[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content = '', mode = 0, isEncrypted = false } of members) {
    const data = Buffer.from(content);
    const packed = deflateRawSync(data);
    const nameBytes = Buffer.from(name);
    const flags = 0x0800 | (isEncrypted ? 1 : 0);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(flags, 2);
    common.writeUInt16LE(8, 4);
    // 2024-05-06 07:08:10
    common.writeUInt16LE((7 << 11) | (8 << 5) | 5, 6);
    common.writeUInt16LE((44 << 9) | (5 << 5) | 6, 8);
    common.writeUInt32LE(crc32(data), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(data.length, 18);
    common.writeUInt16LE(nameBytes.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, nameBytes, packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE((mode << 16) >>> 0, 6);
    tail.writeUInt32LE(offset, 10);
    const madeBy = Buffer.from([20, mode === 0 ? 0 : 3]);
    directory.push(Buffer.from('PK\x01\x02', 'latin1'), madeBy, common, tail, nameBytes);
    parts.push(local);
    offset += local.length;
  }
  const listing = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(members.length, 8);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(listing.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, listing, end]);
}
