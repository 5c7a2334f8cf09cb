import type { CommonParams } from './common-params.ts';
import type { SystemMessage } from './message.ts';
import type { Provider } from './provider.ts';
import type { ResponseFormat, ResponseMode } from './response-format.ts';
import type { ResponseModel } from './response-model.ts';
import { isObjectSchema, schemaWithout, wrappedSchema } from './response-schema.ts';
import type { JsonSchema } from './schema.ts';
import { StreamError } from './stream-error.ts';
import type { ToolDefinition } from './tool.ts';

/** What an answer will look like, for whoever reads it. */
export interface ResponseShape<Model extends ResponseModel = ResponseModel> {
  readonly model: Model;
  /** How the model was brought to answer so. */
  readonly mode: ResponseMode;
  /** Whether the value stands in an object, under `value`, because providers take schemas of objects only. */
  readonly wrapped: boolean;
  /** Name of the tool whose arguments are the answer, `null` where the answer is text. */
  readonly tool: string | null;
  /** Properties of the value that were known before. */
  readonly fields: { readonly [name: string]: unknown };
}

/** How a request asks for an answer of a shape. */
export interface ResponsePlan {
  readonly shape: ResponseShape | null;
  /** What the provider is asked to hold the answer to. */
  readonly format: ResponseFormat | null;
  /** Tools to offer. */
  readonly tools: readonly ToolDefinition[];
  readonly toolChoice: CommonParams['toolChoice'];
  /** What the model is told. */
  readonly instructions: readonly SystemMessage[];
}

/** What a call says about its answer. */
export interface ResponseWish {
  readonly model: string;
  readonly tools: readonly ToolDefinition[];
  readonly toolChoice: CommonParams['toolChoice'];
  readonly responseModel: ResponseModel | null;
  readonly jsonMode: boolean;
  readonly fields: { readonly [name: string]: unknown };
}

/**
 * Plans how to get an answer of the wished shape from a provider: by the first mode it can do, or the one
 * that is said.
 *
 * @throws {StreamError} `unsupported` when the provider cannot do the mode that is said, or nothing that is strict
 */
export function planResponse(provider: Provider, wish: ResponseWish): ResponsePlan {
  const { model, tools, toolChoice, responseModel, jsonMode, fields } = wish;
  const modes: readonly ResponseMode[] = provider.responseModes?.({ model, tools }) ?? [];
  const plain: ResponsePlan = { shape: null, format: null, tools, toolChoice, instructions: [] };
  if (responseModel === null) {
    if (!jsonMode) return plain;
    const format = modes.includes('json') ? ({ mode: 'json' } as const) : null;
    return { ...plain, format, instructions: [instruction(null)] };
  }
  const mode = modeOf(provider.name, modes, responseModel, jsonMode);
  const asked = schemaWithout(withoutDialect(responseModel.schema), Object.keys(fields));
  const wrapped = !isObjectSchema(asked);
  const schema = wrapped ? wrappedSchema(asked) : asked;
  const { name, description, strict } = responseModel;
  const shape = { model: responseModel, mode, wrapped, tool: null, fields };
  switch (mode) {
    case 'native':
      return { ...plain, shape, format: { mode, name, description, schema, strict } };
    case 'json':
      return { ...plain, shape, format: { mode }, instructions: [instruction(schema)] };
    case 'text':
      return { ...plain, shape, instructions: [instruction(schema)] };
    case 'tool': {
      // The answer is one of the calls that `none` would forbid: it forbids the others.
      const others = toolChoice === 'none' ? [] : tools;
      const forced = others.length > 0 ? 'required' : { name };
      return {
        ...plain,
        shape: { ...shape, tool: name },
        tools: [...others, answerTool(provider.name, responseModel, schema, tools)],
        // Beside other tools the model chooses; alone there is nothing to choose.
        toolChoice: toolChoice === undefined || toolChoice === 'none' ? forced : toolChoice,
      };
    }
  }
}

function modeOf(
  provider: string,
  modes: readonly ResponseMode[],
  { mode: said, strict }: Pick<ResponseModel, 'mode' | 'strict'>,
  jsonMode: boolean,
): ResponseMode {
  // Instructions can be given to any model.
  const possible = [...new Set<ResponseMode>([...modes, 'text'])];
  const able = strict === true ? possible.filter(isToTheLetter) : possible;
  const asJson = jsonMode ? jsonModes.find((mode) => able.includes(mode)) : undefined;
  const mode = said ?? asJson ?? able[0];
  if (mode !== undefined && able.includes(mode)) return mode;
  const way = mode === undefined ? '' : ` in mode "${mode}"`;
  const manner = strict === true ? ' with strict: true' : '';
  const message = `This model cannot answer${way}${manner}; it can do ${possible.join(', ')}`;
  throw new StreamError(provider, { code: 'unsupported', message });
}

/** Only a schema that the provider is given can be followed to the letter. */
const isToTheLetter = (mode: ResponseMode): boolean => mode === 'native' || mode === 'tool';

/** What JSON mode stands for, the better first. */
const jsonModes: readonly ResponseMode[] = ['json', 'text'];

/** Providers take the dialect for an unknown keyword, and models for nothing. */
function withoutDialect({ $schema: _dialect, ...schema }: JsonSchema): JsonSchema {
  return schema;
}

/** The tool whose arguments are the answer. It is never run: the operators that read the answer validate. */
function answerTool(
  provider: string,
  { name, description, strict }: ResponseModel,
  parameters: JsonSchema,
  tools: readonly ToolDefinition[],
): ToolDefinition {
  if (tools.some((tool) => tool.name === name)) {
    const message = `The response model and a tool are both named "${name}"; give the model another name`;
    throw new StreamError(provider, { code: 'invalid-request', message });
  }
  return {
    name,
    description: description ?? 'Gives the final answer.',
    strict,
    parameters,
    validate: (value) => ({ ok: true, value }),
  };
}

/** OpenAI's JSON mode insists on the word JSON in the messages. */
const instruction = (schema: JsonSchema | null): SystemMessage => ({
  role: 'system',
  content:
    schema === null
      ? 'Answer with a JSON value only, without a word before or after it.'
      : `Answer with a JSON value only, without a word before or after it. It must fit this JSON Schema:\n${JSON.stringify(schema)}`,
});
