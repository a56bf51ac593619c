import whole from './jest.config.mjs';

// A table that lacks a row is no verdict on a mutant: the test behind the row gives that.
process.env.MDTI_TABLES ??= 'off';

const { globalSetup: _, ...config } = whole;
const ALL = '{auth,graph,output,faults/retry,faults/paging,faults/answers,faults/hostile-data,faults/logs}';

/**
 * For mutation tests: what tells about graph/, output/ and auth/ without a bundle, since it is run for every mutant.
 * MDTI_TESTS narrows it to those of the part that is mutated: `MDTI_TESTS='faults/{retry,paging}'`.
 */
export default {
  ...config,
  testMatch: [`<rootDir>/test/${process.env.MDTI_TESTS ?? ALL}{.test.ts,/**/*.test.ts}`],
};
