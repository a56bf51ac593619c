import { silentLog } from '../../../src/base/log';
import { countedValues } from '../../../src/doors/serve/counted-values';
import { pool } from '../../../src/doors/serve/pool';

jest.mock('../../../src/doors/serve/counted-values', () => {
  const real = jest.requireActual('../../../src/doors/serve/counted-values');
  return { countedValues: jest.fn((...given) => real.countedValues(...given)) };
});

const closed = jest.fn();
jest.mock('../../../src/engine/open-budget', () => {
  const real = jest.requireActual('../../../src/engine/open-budget');
  const openBudget = (...given: unknown[]) => ({ ...real.openBudget(...given), close: () => closed() });
  return { ...real, openBudget };
});

beforeEach(() => jest.clearAllMocks());

test('the budget of a tenant that is dropped is closed', () => {
  const shared = pool({ log: silentLog, override: undefined });
  for (let tenant = 0; tenant < 260; tenant++) shared({ tenant_id: `tenant-${tenant}.example` }, undefined);
  expect(closed).toHaveBeenCalledTimes(4);
});

test('a thousand tenants leave one budget per cached instance', () => {
  const shared = pool({ log: silentLog, override: undefined });
  for (let tenant = 0; tenant < 1_000; tenant++) shared({ tenant_id: `tenant-${tenant}.example` }, undefined);
  const budgets = jest.mocked(countedValues).mock.results[0]?.value;
  expect(budgets.size()).toBe(256);
});

test('instances of one tenant share a budget', () => {
  const shared = pool({ log: silentLog, override: undefined });
  for (let limit = 1; limit <= 10; limit++)
    shared({ tenant_id: 'contoso.com', max_results: limit }, undefined);
  expect(jest.mocked(countedValues).mock.results[0]?.value.size()).toBe(1);
});
