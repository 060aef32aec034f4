// A zip archive, read as small as tests need it.

import { inflateRawSync } from 'node:zlib';

/** Returns the files of an archive, by name, in the order of its directory. */
export function unpacked(bytes) {
  const files = new Map();
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [method, size, name, extra, comment, start] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20), bytes.readUInt16LE(at + 28), bytes.readUInt16LE(at + 30), bytes.readUInt16LE(at + 32), bytes.readUInt32LE(at + 42)];
    const from = start + 30 + bytes.readUInt16LE(start + 26) + bytes.readUInt16LE(start + 28);
    const packed = bytes.subarray(from, from + size);
    files.set(bytes.subarray(at + 46, at + 46 + name).toString('utf8'), method === 0 ? Buffer.from(packed) : inflateRawSync(packed));
    at += 46 + name + extra + comment;
  }
  return files;
}
