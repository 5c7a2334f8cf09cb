/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/spec'],
  testMatch: ['**/*.spec.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['ts-jest', { useESM: true }] },
  // All of them: while the specs run, jest itself has nothing to do.
  maxWorkers: '100%',
  // Against a hang; in ms. On a machine that has much else to do a test takes many times as long as alone.
  testTimeout: 30_000,
  moduleNameMapper: {
    '^rx-llm$': '<rootDir>/lib/index.ts',
    '^rx-llm/operators$': '<rootDir>/operators/index.ts',
    '^rx-llm/prices$': '<rootDir>/prices/index.ts',
    '^rx-llm/testing$': '<rootDir>/testing/index.ts',
    '^rx-llm/(.*)$': '<rootDir>/providers/$1/index.ts',
  },
};
