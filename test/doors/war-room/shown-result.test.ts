import { PluginError } from '../../../src/base/errors';
import { shown, shownAgain } from '../../../src/doors/war-room/shown-result';
import { DBOT_SCORE_KEY } from '../../../src/xsoar/dbot-score';
import { errorEntry, resultEntry } from '../../../src/xsoar/entry';

const RATED = resultEntry({}, '### Hosts', {
  [DBOT_SCORE_KEY]: { Indicator: 'contoso.com', Score: 3, Type: 'domain' },
});
const FAILED = errorEntry(new PluginError('NETWORK_FAILED', 'Graph cannot be reached.'));

test.each([
  [false, '!! malicious   contoso.com'],
  [true, '\u001b[31m!! malicious \u001b[39m  contoso.com'],
])('a verdict comes first, in color where the terminal has colors: %s', (styled, verdict) => {
  const text = shown({ entries: [RATED] }, { styled, width: 80 });
  expect(text.split('\n')[0]).toBe(verdict);
});

test('an earlier result has its errors first', () => {
  expect(
    shownAgain({ entries: [RATED, FAILED] }, { styled: false, width: 80 })
      .split('\n')
      .slice(0, 2),
  ).toEqual(['Graph cannot be reached.', '!! malicious   contoso.com']);
  expect(shownAgain({ entries: [RATED] }, { styled: false, width: 80 })).toMatch(/^!!.*\S$/s);
  expect(shownAgain({ entries: [FAILED] }, { styled: false, width: 80 })).toBe('Graph cannot be reached.');
});
