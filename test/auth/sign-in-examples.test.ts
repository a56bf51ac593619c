import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { WORLD } from '../support/case';
import { playSignIn, SIGN_IN_FILE } from '../support/sign-in-flow';

test('the examples of the sign-in commands are their real output', async () => {
  expect(await playSignIn(WORLD)).toEqual(parse(readFileSync(SIGN_IN_FILE, 'utf8')));
});
