import { describe, expect, it } from '@jest/globals';
import type { CommonParams } from 'rx-llm';
import type { Dialect } from '../../../providers/chat-completions/dialect.ts';
import { encodeParams } from '../../../providers/chat-completions/encode-params.ts';
import type { ChatCompletionParams } from '../../../providers/chat-completions/wire.ts';
import { acmeDialect } from './acme-dialect.ts';

const encode = (
  common: CommonParams,
  own: ChatCompletionParams = {},
  dialect: Partial<Dialect> = {},
  offersTools = true,
) => encodeParams(acmeDialect(dialect), common, own, offersTools);

/** Every common parameter, what becomes of it, and the caller's own for the same thing. */
const parameters: readonly (readonly [CommonParams, ChatCompletionParams, ChatCompletionParams])[] =
  [
    [{ temperature: 0 }, { temperature: 0 }, { temperature: 1 }],
    [{ maxTokens: 9 }, { max_completion_tokens: 9 }, { max_completion_tokens: 1 }],
    [{ maxTokens: 9 }, { max_completion_tokens: 9 }, { max_tokens: 1 }],
    [{ topP: 0.5 }, { top_p: 0.5 }, { top_p: 1 }],
    [{ frequencyPenalty: 0.5 }, { frequency_penalty: 0.5 }, { frequency_penalty: 0 }],
    [{ presencePenalty: 0.5 }, { presence_penalty: 0.5 }, { presence_penalty: 0 }],
    [{ seed: 7 }, { seed: 7 }, { seed: 8 }],
    [{ stop: 'END' }, { stop: 'END' }, { stop: null }],
    [{ stop: ['END', ''] }, { stop: ['END', ''] }, { stop: 'STOP' }],
    [{ toolChoice: 'auto' }, { tool_choice: 'auto' }, { tool_choice: 'none' }],
    [{ toolChoice: 'required' }, { tool_choice: 'required' }, { tool_choice: 'auto' }],
    [{ toolChoice: 'none' }, { tool_choice: 'none' }, { tool_choice: 'auto' }],
    [
      { toolChoice: { name: 'f' } },
      { tool_choice: { type: 'function', function: { name: 'f' } } },
      { tool_choice: { type: 'custom', custom: { name: 'g' } } },
    ],
  ];

describe('encodeParams', () => {
  it.each(parameters)('should send %j as %j', (common, expected) => {
    expect(encode(common)).toStrictEqual(expected);
  });

  it.each(parameters)('should send for %j the caller’s own instead of %j: %j', (common, _, own) => {
    expect(encode(common, own)).toStrictEqual(own);
  });

  it('should limit the answer under the name the service knows', () => {
    expect(encode({ maxTokens: 9 }, {}, { maxTokens: 'max_tokens' })).toStrictEqual({
      max_tokens: 9,
    });
  });

  it('should send nothing that is undefined, and let it stand for nothing', () => {
    expect(encode({ temperature: undefined, stop: undefined })).toStrictEqual({});
    const unsaid = { temperature: undefined } as object;
    expect(encode({ temperature: 0 }, unsaid)).toStrictEqual({ temperature: 0 });
  });

  it('should send everything else of the caller’s own, known or not', () => {
    const own = { n: 2, logprobs: true, top_k: 40 };
    expect(encode({ seed: 7 }, own)).toStrictEqual({ ...own, seed: 7 });
  });

  // OpenAI, vLLM and xAI: "'tool_choice' is only allowed when 'tools' are specified".
  it.each(['auto', 'none'] as const)(
    'should not send the tool choice %j where no tools are offered',
    (toolChoice) => {
      expect(encode({ toolChoice, seed: 7 }, {}, {}, false)).toStrictEqual({ seed: 7 });
    },
  );

  it('should send a tool choice that forces, and the caller’s own, with tools or without', () => {
    expect(encode({ toolChoice: 'required' }, {}, {}, false)).toStrictEqual({
      tool_choice: 'required',
    });
    expect(encode({ toolChoice: { name: 'f' } }, {}, {}, false)).toStrictEqual({
      tool_choice: { type: 'function', function: { name: 'f' } },
    });
    expect(encode({ toolChoice: 'none' }, { tool_choice: 'auto' }, {}, false)).toStrictEqual({
      tool_choice: 'auto',
    });
  });

  it.each(parameters)('should refuse %j where the service does not have it', (common, _, own) => {
    const [name] = Object.keys(common) as (keyof CommonParams)[];
    const missing = { missingParams: [name!] };
    expect(() => encode(common, {}, missing)).toThrow(
      `[acme] This API does not take ${name}; leave it out of commonParams.`,
    );
    expect(encode(common, own, missing)).toStrictEqual(own);
    expect(encode({ [name!]: undefined }, {}, missing)).toStrictEqual({});
  });
});
