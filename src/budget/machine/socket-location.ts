import { createHash } from 'node:crypto';
import { hostname, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

/** Bytes of a socket's path that every system takes. */
const LONGEST_PATH = 100;

/** The location of the sockets of one budget: `FOLDER/NAME.1`, `FOLDER/NAME.2` and so on. */
interface SocketLocation {
  readonly folder: string;
  readonly name: string;
}

/**
 * @param folder a folder of this user; a shorter one is used if its path is too long for a socket
 * @param budget the name of the budget
 * @param temporaryFolder the parent of the shorter one, unless its path is too long as well
 */
export function socketLocation(folder: string, budget: string, temporaryFolder = tmpdir()): SocketLocation {
  // A home folder may be shared by machines; a socket never is.
  const name = createHash('sha256').update(`${hostname()}\n${budget}`).digest('base64url').slice(0, 16);
  const isShort = (path: string) => Buffer.byteLength(join(path, `${name}.999999`)) <= LONGEST_PATH;
  if (isShort(folder)) return { folder, name };
  const ofUser = `mdti-${userInfo().uid}`;
  const temporary = join(temporaryFolder, ofUser);
  return { folder: isShort(temporary) ? temporary : join('/tmp', ofUser), name };
}
