import '../test/support/allow-servers';
import { writeFileSync } from 'node:fs';
import { stringify } from 'yaml';
import { readCases, WORLD, writeExpectation } from '../test/support/case';
import { moodsOf } from '../test/support/moods';
import { playSignIn, SIGN_IN_FILE, SIGN_IN_NOTICE } from '../test/support/sign-in-flow';
import { openStage } from '../test/support/stage';

/**
 * Rewrites the expectations of the cases that are named (`<command>/<case>`, or the beginning of that; all by default), for a
 * user to review, and `sign-in` for the examples of the sign-in commands. The test run never writes one.
 */
async function rewrite(wanted: readonly string[]): Promise<void> {
  if (wanted.length === 0 || wanted.includes('sign-in')) await rewriteSignIn();
  if (wanted.length === 1 && wanted[0] === 'sign-in') return;
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

async function rewriteSignIn(): Promise<void> {
  const text = stringify(await playSignIn(WORLD), { lineWidth: 0 });
  writeFileSync(SIGN_IN_FILE, SIGN_IN_NOTICE + text);
}

void rewrite(process.argv.slice(2));
