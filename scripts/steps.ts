export interface Step {
  readonly name: string;
  /** Does the work; a text it gives is shown on its line. Fails with an error whose message says it all. */
  readonly run: () => Promise<unknown>;
}

/** Runs one step after the other, a line each, and stops at the first that fails: whether none did. */
export async function runSteps(steps: readonly Step[]): Promise<boolean> {
  const width = Math.max(...steps.map(({ name }) => name.length));
  for (const { name, run } of steps) {
    const start = performance.now();
    const took = (): string => `${((performance.now() - start) / 1000).toFixed(1)} s`.padStart(8);
    process.stdout.write(`${name.padEnd(width)}  `);
    try {
      const note = await run();
      process.stdout.write(`ok      ${took()}${typeof note === 'string' ? `  ${note}` : ''}\n`);
    } catch (error) {
      process.stdout.write(`FAILED  ${took()}\n\n`);
      console.error(error instanceof Error ? error.message : error);
      return false;
    }
  }
  return true;
}
