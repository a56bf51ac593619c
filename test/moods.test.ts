import type { Mood } from '../src/sandbox/faults';
import { readCases } from './support/case';
import { dataOf, dependsOnMood, OTHER_MOODS, outcomeIn, showIn } from './support/moods';
import { openStage, type Shown, type Stage } from './support/stage';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

const cases = readCases().filter(dependsOnMood);

describe.each([...new Set(cases.map(({ command }) => command))])('%s', (command) => {
  const own = cases.filter((one) => one.command === command);

  test.each(own.map((one) => [one.name, one] as const))(
    '%s gives the same rows in every mood of Graph, or what its file states',
    async (_, one) => {
      const documented = await stage.show(one);
      const byMood: [Mood, Shown][] = [['documented', documented]];
      for (const mood of OTHER_MOODS) {
        const shown = await showIn(stage, one, mood);
        byMood.push([mood, shown]);
        const stated = one.moods?.[mood];
        if (stated === undefined) expect([mood, dataOf(shown)]).toEqual([mood, dataOf(documented)]);
        else expect([mood, outcomeIn(shown, documented)]).toEqual([mood, stated]);
      }
      // Without $top there is nothing that Graph could take for the number of all rows.
      for (const [mood, shown] of byMood.filter(([, { requests }]) =>
        requests.some((url) => url.includes('$top=')),
      )) {
        const total = await showIn(stage, one, mood, true);
        expect([mood, dataOf(total)]).toEqual([mood, dataOf(shown)]);
      }
    },
  );
});

/** What a budget cuts depends on how many requests were rejected. */
const BY_BUDGET = ['msg-defender-threat-intel-expand/two-hops-budget-found'];

test('only a case whose odata names an option, or which a budget ends, may differ between moods', () => {
  const differing = readCases().filter(({ moods }) => moods !== undefined);
  const unexplained = differing.filter(({ args }) => args?.odata === undefined);
  expect(unexplained.map(({ command, name }) => `${command}/${name}`)).toEqual(BY_BUDGET);
});
