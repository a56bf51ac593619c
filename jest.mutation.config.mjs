import whole from './jest.config.mjs';

// A table that lacks a row is no verdict on a mutant: the test behind the row gives that.
process.env.MDTI_TABLES ??= 'off';

const { globalSetup: _, ...config } = whole;
const ALL = '{auth,graph,output}';

/**
 * For mutation tests: the tests of graph/, output/ and auth/ that take milliseconds, because they run for every mutant.
 * MDTI_TESTS names other tests than these, below test/: `graph/retry`, `{auth,faults/logs}`.
 */
export default {
  ...config,
  testMatch: [`<rootDir>/test/${process.env.MDTI_TESTS ?? ALL}{.test.ts,/**/*.test.ts}`],
};
