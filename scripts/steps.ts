export interface Step {
  readonly name: string;
  /** Does the work; gives a note for its line, or rejects with an error whose message says it all. */
  readonly run: () => Promise<string | void>;
}

/** Runs one step after the other, a line each, and stops at the first that fails: whether none did. */
export async function runSteps(steps: readonly Step[]): Promise<boolean> {
  const width = Math.max(...steps.map(({ name }) => name.length));
  for (const { name, run } of steps) {
    const start = performance.now();
    const seconds = (): string =>
      `${((performance.now() - start) / 1000).toFixed(1)} s`.padStart(8);
    process.stdout.write(`${name.padEnd(width)}  `);
    try {
      const note = await run();
      process.stdout.write(`ok      ${seconds()}${note ? `  ${note}` : ''}\n`);
    } catch (error) {
      process.stdout.write(`FAILED  ${seconds()}\n\n`);
      console.error(error instanceof Error ? error.message : error);
      return false;
    }
  }
  return true;
}
