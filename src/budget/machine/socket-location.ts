import { createHash } from 'node:crypto';
import { hostname, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

/** Bytes of a socket's path that every system takes. */
const LONGEST_PATH = 100;

/** Where the sockets of one budget are: `FOLDER/NAME.1`, `FOLDER/NAME.2` and so on. */
interface SocketLocation {
  readonly folder: string;
  readonly name: string;
}

/**
 * @param folder a folder of this user; a shorter one is used where its path is too long for a socket
 * @param budget the name of the budget
 */
export function socketLocation(folder: string, budget: string): SocketLocation {
  // A home folder may be shared by machines; a socket never is.
  const name = createHash('sha256').update(`${hostname()}\n${budget}`).digest('base64url').slice(0, 16);
  const isShort = Buffer.byteLength(join(folder, `${name}.999999`)) <= LONGEST_PATH;
  return { folder: isShort ? folder : join(tmpdir(), `mdti-${userInfo().uid}`), name };
}
