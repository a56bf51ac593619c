const typescript = {
  jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
  module: { type: 'commonjs' },
};

export default {
  testEnvironment: 'node',
  maxWorkers: '100%',
  // Calls that one test made are not counted by the next one, whatever their order.
  clearMocks: true,
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  // A machine may be busy: a test that hangs fails late, a slow one passes.
  testTimeout: 120_000,
  globalSetup: '<rootDir>/test/support/build.ts',
  setupFiles: ['<rootDir>/test/support/allow-servers.ts', '<rootDir>/test/support/own-state-folder.ts'],
  transform: { '^.+\\.[cm]?[tj]s$': ['@swc/jest', typescript] },
  transformIgnorePatterns: [
    '/node_modules/(?!(string-width|get-east-asian-width|strip-ansi|ansi-regex|wrap-ansi|ansi-styles)/)',
  ],
};
