import { describe, expect, it } from '@jest/globals';
import { responseModes } from '../../../providers/bedrock/response-modes.ts';

describe('responseModes', () => {
  it.each([
    'anthropic.claude-sonnet-4-5-20250929-v1:0',
    'us.anthropic.claude-opus-4-5-20251101-v1:0',
    'global.anthropic.claude-opus-4-6-v1',
    'qwen.qwen3-235b-a22b-2507-v1:0',
    'openai.gpt-oss-120b-1:0',
    'deepseek.v3-v1:0',
    'deepseek.v3.2',
    'google.gemma-3-27b-it',
    'minimax.minimax-m2',
    'mistral.mistral-large-3-675b-instruct',
    'mistral.ministral-3-8b-instruct',
    'moonshot.kimi-k2-thinking',
    'nvidia.nemotron-nano-9b-v2',
    'zai.glm-5',
  ])('should hold %s to a schema', (model) => {
    expect(responseModes({ model })).toEqual(['native', 'tool']);
  });

  it.each([
    'anthropic.claude-3-haiku-20240307-v1:0',
    'us.anthropic.claude-3-7-sonnet-20250219-v1:0',
    'arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-3-5-sonnet-20240620-v1:0',
    'anthropic.claude-sonnet-4-20250514-v1:0',
    'anthropic.claude-opus-4-1-20250805-v1:0',
    'anthropic.claude-haiku-4-5-20251001-v1:0',
    'anthropic.claude-sonnet-4-6',
    'anthropic.claude-opus-4-7',
    'anthropic.claude-opus-4-60-v1',
    'anthropic.claude-opus-5',
    'anthropic.claude-opus-5-20260724-v1:0',
    'us.anthropic.claude-sonnet-5',
    'anthropic.claude-haiku-5-5',
    'amazon.nova-pro-v1:0',
    'global.amazon.nova-2-lite-v1:0',
    'mistral.mistral-large-2407-v1:0',
  ])('should let %s answer by a tool', (model) => {
    expect(responseModes({ model })).toEqual(['tool', 'native']);
  });

  it.each([
    'anthropic.claude-v2:1',
    'anthropic.claude-instant-v1',
    'anthropic.claude-opus-5-5',
    'anthropic.claude-sonnet-5-5-v1:0',
    'anthropic.claude-fable-5-2',
    'anthropic.claude-opus-6',
    'meta.llama3-1-70b-instruct-v1:0',
    'us.meta.llama4-maverick-17b-instruct-v1:0',
    'cohere.command-r-plus-v1:0',
    'ai21.jamba-1-5-large-v1:0',
    'amazon.titan-text-express-v1',
    'deepseek.r1-v1:0',
    'mistral.mixtral-8x7b-instruct-v0:1',
    'arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/a1b2',
  ])('should tell %s by instructions, and let the caller say otherwise', (model) => {
    expect(responseModes({ model })).toEqual(['text', 'tool', 'native']);
  });
});
