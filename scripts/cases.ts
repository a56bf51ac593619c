import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Case, readCases, type Shown } from '../test/support/case';
import { openStage } from '../test/support/stage';

/**
 * Writes the goldens of the cases that are named (`<command>/<case>`, or the beginning of that), for a person to review.
 * The test run never writes one.
 */
async function record(wanted: readonly string[]): Promise<void> {
  const chosen = readCases().filter((one) =>
    wanted.some((name) => `${one.command}/${one.name}`.startsWith(name)),
  );
  if (chosen.length === 0) throw new Error('Name the cases to record: npm run cases -- <command>/<case>');
  const stage = await openStage();
  for (const one of chosen) {
    write(one, await stage.play(one));
    console.log(`recorded ${one.command}/${one.name}: review it`);
  }
  await stage.close();
}

function write({ folder }: Case, { requests, document, markdown }: Shown): void {
  writeFileSync(join(folder, 'requests.txt'), requests.map((line) => `${line}\n`).join(''));
  writeFileSync(join(folder, 'answer.json'), `${JSON.stringify(document, null, 2)}\n`);
  writeFileSync(join(folder, 'tables.md'), markdown);
}

void record(process.argv.slice(2));
