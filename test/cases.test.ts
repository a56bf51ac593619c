import { readCases, readGolden } from './support/case';
import { openStage, type Stage } from './support/stage';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

const cases = readCases();

describe.each([...new Set(cases.map(({ command }) => command))])('%s', (command) => {
  test.each(cases.filter((one) => one.command === command))('$name', async (one) => {
    const shown = await stage.play(one);
    const golden = readGolden(one);
    expect(shown.requests).toEqual(golden.requests);
    expect(shown.markdown).toBe(golden.markdown);
    expect(shown.document).toEqual(golden.document);
  });
});
