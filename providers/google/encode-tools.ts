import type { FunctionDeclaration, GenerateContentConfig } from '@google/genai';
import type { ToolChoice, ToolDefinition } from '../../lib/index.ts';
import { unmarked } from './cache-mark.ts';
import { geminiSchema } from './gemini-schema.ts';
import type { GoogleParams } from './wire.ts';

/** The tools of a request and which of them may or must be called, beside what the caller has put there. */
export function encodeTools(
  tools: readonly ToolDefinition[],
  toolChoice: ToolChoice | undefined,
  { tools: own = [], toolConfig }: GoogleParams,
): GenerateContentConfig {
  const declared = tools.length > 0 || own.some(declaresFunctions);
  const calling = callingOf(toolChoice, {
    declared,
    strict: tools.some(({ strict }) => strict),
  });
  return {
    ...(tools.length > 0 && {
      tools: [...own, { functionDeclarations: tools.map(unmarked).map(encodeTool) }],
    }),
    ...(calling && { toolConfig: withCalling(toolConfig, calling) }),
  };
}

const encodeTool = ({ name, description, parameters }: ToolDefinition): FunctionDeclaration => ({
  name,
  ...(description !== null && { description }),
  parametersJsonSchema: geminiSchema(parameters),
});

/** Tools of the SDK that call something (`callTool`) are declared as functions as well. */
const declaresFunctions = (tool: object): boolean =>
  'functionDeclarations' in tool || 'callTool' in tool;

interface Calling {
  readonly mode: 'AUTO' | 'VALIDATED' | 'ANY' | 'NONE';
  readonly allowedFunctionNames?: string[];
}

/**
 * Function calling has one mode for all tools. `VALIDATED` is `AUTO` with calls that follow the schemas, as
 * those of `ANY` do anyway.
 *
 * @see https://ai.google.dev/gemini-api/docs/function-calling#function_calling_modes
 */
function callingOf(
  toolChoice: ToolChoice | undefined,
  { declared, strict }: { readonly declared: boolean; readonly strict: boolean },
): Calling | null {
  switch (toolChoice) {
    case undefined:
      return strict ? { mode: 'VALIDATED' } : null;
    case 'auto':
    case 'none':
      // "Function calling config is set without function_declarations" is an error there.
      if (!declared) return null;
      if (toolChoice === 'none') return { mode: 'NONE' };
      return { mode: strict ? 'VALIDATED' : 'AUTO' };
    case 'required':
      return { mode: 'ANY' };
    default:
      return { mode: 'ANY', allowedFunctionNames: [toolChoice.name] };
  }
}

/** The caller's own settings win; with another mode the names make no sense. */
function withCalling(
  toolConfig: GoogleParams['toolConfig'],
  { mode, ...names }: Calling,
): NonNullable<GoogleParams['toolConfig']> {
  const own = toolConfig?.functionCallingConfig;
  // A wide type: the SDK's constant is a value, and values are not imported here.
  const functionCallingConfig: object = own?.mode === undefined ? { mode, ...names, ...own } : own;
  return { ...toolConfig, functionCallingConfig };
}
