import { table } from '../report/markdown.ts';
import { partialReaders } from './partial-readers.ts';
import { promises, readingsOf } from './promises.ts';

/** How many of the places where a promise was broken are told of. */
const told = 1;

/** What each reader was seen to keep to, and what was seen where it did not. */
export async function promiseTable(): Promise<string> {
  const rows: string[][] = [];
  const notes: string[] = [];
  for (const reader of partialReaders) {
    const readings = await readingsOf(reader);
    const row = [reader.name];
    for (const { name, broken } of promises) {
      const places = readings.flatMap((reading) => {
        const seen = broken(reading);
        return seen === null ? [] : [`\`${seen}\` in \`${reading.text}\``];
      });
      row.push(places.length === 0 ? 'yes' : 'no');
      if (places.length > 0) notes.push(`- ${reader.name}, ${name}: no, ${placesOf(places)}`);
    }
    rows.push(row);
  }
  const heads = promises.map(({ name }) => name);
  return [table(['', ...heads], rows, 'left'), notes.join('\n')].join('\n\n');
}

const placesOf = (places: readonly string[]): string =>
  places.slice(0, told).join('; ') +
  (places.length > told ? `; and in ${places.length - told} more` : '');
