import type { ProviderFacts } from './demo-provider.ts';
import { variable } from './environment.ts';

/** The variables in the environment that make a provider live, `null` when it stays local. */
export const liveVariables = ({ liveWith }: ProviderFacts): readonly string[] | null =>
  liveWith.find((group) => group.every((name) => variable(name) !== undefined)) ?? null;
