import '../test/support/allow-servers';
import { readCases, writeExpectation } from '../test/support/case';
import { moodsOf } from '../test/support/moods';
import { openStage } from '../test/support/stage';

/**
 * Rewrites the expectations of the cases that are named (`<command>/<case>`, or the beginning of that; all by default), for a
 * user to review. The test run never writes one.
 */
async function rewrite(wanted: readonly string[]): Promise<void> {
  const chosen = readCases().filter(
    ({ command, name }) =>
      wanted.length === 0 || wanted.some((start) => `${command}/${name}`.startsWith(start)),
  );
  if (chosen.length === 0) throw new Error(`no case starts with ${wanted.join(' or ')}`);
  const stage = await openStage();
  for (const one of chosen) writeExpectation(one, await stage.play(one), await moodsOf(stage, one));
  await stage.close();
  console.log(`${chosen.length} expectations written; review them with git diff`);
}

void rewrite(process.argv.slice(2));
