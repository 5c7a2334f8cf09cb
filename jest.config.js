/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/spec'],
  testMatch: ['**/*.spec.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['ts-jest', { useESM: true }] },
  moduleNameMapper: {
    '^rx-llm$': '<rootDir>/lib/index.ts',
    '^rx-llm/operators$': '<rootDir>/operators/index.ts',
    '^rx-llm/prices$': '<rootDir>/prices/index.ts',
    '^rx-llm/testing$': '<rootDir>/testing/index.ts',
    '^rx-llm/(.*)$': '<rootDir>/providers/$1/index.ts',
  },
};
