import whole from './jest.config.mjs';

/** Suites that start a real Redis; `npm run test:server` says in one line when there is none. */
export default {
  ...whole,
  testMatch: ['<rootDir>/test/server/**/*.server.ts'],
  maxWorkers: 1,
  forceExit: true,
};
