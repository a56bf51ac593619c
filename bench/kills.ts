import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atLeast, atMost, type Figure, figureOf } from './figure';
import { killedCache } from './killed-cache';
import { killedOutputs, type SmallDisk } from './killed-enrich';
import { paramsFile } from './params-file';
import type { Served } from './served';

/** Kills of each case: `MDTI_KILLS`, or 100. */
const KILLS = Number(process.env.MDTI_KILLS ?? 100);
const ROWS = 2_000;

const FORMATS = ['ndjson', 'csv', 'stix'] as const;

/** Each format is tried in each of these. */
const PLACES = [
  { name: 'from a file', isPiped: false, isSmall: false },
  { name: 'from a pipe', isPiped: true, isSmall: false },
  { name: 'on a full disk', isPiped: false, isSmall: true },
] as const;

const CASES = PLACES.flatMap((place) => FORMATS.map((format) => ({ ...place, format })));

/** Processes that are killed with SIGKILL: outputs that differ after they are resumed, and cached responses that are wrong. */
export async function kills(served: Served): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'mdti-kills-'));
  const { file: params, environment } = paramsFile(served);
  const list = join(folder, 'list.txt');
  writeFileSync(
    list,
    Array.from({ length: ROWS }, (_, at) => `${at % 9 === 0 ? 'contoso.com' : `n${at}.example`}\n`).join(''),
  );
  await served.setFaults({ latency: 2 });
  const figures: Figure[] = [];
  const disk = mountSmallDisk(join(folder, 'disk'));
  try {
    for (const { name, isPiped, isSmall, format } of CASES) {
      if (isSmall && disk === undefined) continue;
      const on = isSmall && disk !== undefined ? { disk } : {};
      const work = { folder, list, params, environment, format, isPiped, ...on };
      figures.push(
        figureOf(
          `kills: ${format} ${name}, ${KILLS} kills, resumed outputs that differ`,
          await killedOutputs(work, KILLS),
          'files',
          atMost(0),
          KILLS,
        ),
      );
    }
    const { found, wrong } = await killedCache(join(folder, 'cache'), KILLS);
    figures.push(
      figureOf(`kills: cached responses that are wrong, ${KILLS} kills`, wrong, 'rows', atMost(0), KILLS),
      figureOf(
        `kills: cached responses that were read, ${KILLS} kills`,
        found,
        'rows',
        atLeast(KILLS),
        KILLS,
      ),
    );
  } finally {
    disk?.unmount();
    rmSync(folder, { recursive: true });
  }
  return figures;
}

/** Mounts a tmpfs; undefined without the right to mount. */
function mountSmallDisk(folder: string): (SmallDisk & { unmount(): void }) | undefined {
  mkdirSync(folder);
  const size = (bytes: number) => `size=${Math.ceil(bytes / 4096) * 4}k`;
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', size(65_536), 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    console.error('kills: full disks are left out, mounting a tmpfs needs root');
    return undefined;
  }
  return {
    folder,
    resize: (bytes) => void execFileSync('mount', ['-o', `remount,${size(bytes)}`, folder]),
    unmount: () => void execFileSync('umount', [folder]),
  };
}
