import type { HostReputation } from '../../../src/model/generated/graph';
import model from '../../../src/model/generated/graph-model.json';
import { rate } from '../../../src/output/verdict/score';

test.each([
  ['malicious', 3],
  ['suspicious', 2],
  ['neutral', 0],
  ['unknown', 0],
] as const)('%s scores %i without a note', (classification, score) => {
  expect(rate({ classification })).toEqual({ score });
});

test.each(['unknownFutureValue', 'dreadful', 'constructor', ''])(
  '%p gives an unknown verdict',
  (classification) => {
    const { score, message } = rate({ classification } as unknown as HostReputation);
    expect(score).toBe(0);
    expect(message).toContain(JSON.stringify(classification));
  },
);

test.each([null, undefined, 3])('%p is not a classification', (classification) => {
  const { score, message } = rate({ classification } as unknown as HostReputation);
  expect({ score, message }).toEqual({ score: 0, message: 'Graph returned no classification.' });
});

test('scores every documented classification except unknownFutureValue without a note', () => {
  const { members } = model.types.hostReputationClassification as { members: string[] };
  const excused = members.filter(
    (classification) => rate({ classification } as HostReputation).message !== undefined,
  );
  expect(excused).toEqual(['unknownFutureValue']);
});
