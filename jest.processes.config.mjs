import whole from './jest.config.mjs';

/** Suites that start programs as users do: the bundled command line, and the platform's code in a real Python. */
export default { ...whole, testMatch: ['<rootDir>/test/processes/**/*.process.ts'] };
