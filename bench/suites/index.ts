import type { Case, Suite } from '../suite.ts';
import { growth } from './growth.ts';
import { readers } from './readers.ts';
import { width } from './width.ts';
import { wires } from './wires.ts';

/** Everything that is measured. */
export const suites: readonly Suite[] = [growth, wires, width, ...readers];

/** A case by its names. */
export function caseOf(suite: string, name: string): Case {
  const cases = suites.find((each) => each.name === suite)?.cases ?? [];
  const found = cases.find((each) => each.name === name);
  if (found === undefined) throw new Error(`There is no case "${name}" in "${suite}"`);
  return found;
}
