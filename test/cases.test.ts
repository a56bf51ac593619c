import { readCases } from './support/case';
import { openStage, type Stage } from './support/stage';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

const cases = readCases();

describe.each([...new Set(cases.map(({ command }) => command))])('%s', (command) => {
  test.each(cases.filter((one) => one.command === command))('$name', async (one) => {
    expect(await stage.play(one)).toEqual(one.expect);
  });
});
