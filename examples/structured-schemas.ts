/** Schemas of Zod, Valibot, ArkType and JSON Schema do alike, and so does a validator of your own. */
import { toStandardJsonSchema } from '@valibot/to-json-schema';
import { type } from 'arktype';
import { concat, filter, finalize } from 'rxjs';
import { responseModel, type JsonSchemaValidator } from 'rx-llm';
import { structured } from 'rx-llm/operators';
import * as v from 'valibot';
import { z } from 'zod';
import { cannedValue } from './endpoints/canned-value.ts';
import { exampleEndpoint } from './endpoints/example-endpoint.ts';

const { llm, options, close } = await exampleEndpoint({
  match: { userMessage: /^Dune/ },
  response: cannedValue({ title: 'Dune', year: 1965 }),
});

const ofZod = z.object({ title: z.string(), year: z.int() });

const ofValibot = toStandardJsonSchema(v.object({ title: v.string(), year: v.number() }));

const ofArkType = type({ title: 'string', year: 'number.integer' });

interface Book {
  readonly title: string;
  readonly year: number;
}
const jsonSchema = {
  type: 'object',
  properties: { title: { type: 'string' }, year: { type: 'integer' } },
  required: ['title', 'year'],
  additionalProperties: false,
};
const ofJsonSchema = responseModel<Book>(jsonSchema);

/** Any validator, Ajv for one; this one believes whatever it is told. */
const credulous: JsonSchemaValidator = () => (value) => ({ ok: true, value });
const withValidator = responseModel<Book>(jsonSchema, { validator: credulous });

concat(
  ...[ofZod, ofValibot, ofArkType, ofJsonSchema, withValidator].map((responseModel) => {
    const extract = llm.call({ ...options, responseModel }, (text: string) => text);
    return extract('Dune, 1965').pipe(structured());
  }),
)
  .pipe(
    filter((book) => book.done),
    finalize(close),
  )
  .subscribe(({ value: { title, year } }) => console.log(title, year));

// prints: Dune 1965
// prints: Dune 1965
// prints: Dune 1965
// prints: Dune 1965
// prints: Dune 1965
