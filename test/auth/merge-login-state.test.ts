import { mergeLoginState } from '../../src/auth/merge-login-state';
import cases from '../../test_data/state/merge.json';

test.each(cases)('$name', ({ base, ours, current, merged }) => {
  expect(mergeLoginState(base, ours, current)).toEqual(merged);
});
