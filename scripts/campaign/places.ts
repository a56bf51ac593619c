import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where the programs of a campaign keep their files. */
export interface Places {
  readonly folder: string;
  /** A file system of 512 KB; undefined where this user may not mount one. */
  readonly small: string | undefined;
  remove(): void;
}

export function makePlaces(): Places {
  const folder = mkdtempSync(join(tmpdir(), 'mdti-campaign-'));
  const small = join(folder, 'small');
  mkdirSync(small, { mode: 0o700 });
  const mounted =
    spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=512k,mode=0700', 'tmpfs', small]).status === 0;
  return {
    folder,
    small: mounted ? small : undefined,
    remove() {
      if (mounted) spawnSync('umount', [small]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Fills up the file system of a folder; `free` is the number of bytes that stay free. */
export function fill(folder: string, free: number): void {
  const { bavail, bsize } = statfsSync(folder);
  writeFileSync(join(folder, 'filler'), Buffer.alloc(Math.max(0, bavail * bsize - free)));
}

/** Makes room again. */
export function makeRoom(folder: string): void {
  rmSync(join(folder, 'filler'), { force: true });
}

export function empty(folder: string): void {
  spawnSync('find', [folder, '-mindepth', '1', '-delete']);
}
