import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/*
 * Each test file has its own state folder: what other processes of this user store there, such as the sockets of a shared budget, must
 * not reach a test.
 */
process.env.XDG_STATE_HOME = mkdtempSync(join(tmpdir(), 'mdti-state-'));
