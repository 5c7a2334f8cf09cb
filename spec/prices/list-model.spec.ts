import { describe, expect, it } from '@jest/globals';
import { listModel } from '../../prices/list-model.ts';

const noNames = new Map<string, string>();
const noOwner = (): null => null;

describe('listModel', () => {
  it.each([
    ['openai', 'gpt-4o-mini', 'openai', 'gpt-4o-mini'],
    ['xai', 'grok-4.3', 'x-ai', 'grok-4.3'],
    ['bedrock', 'amazon.nova-lite-v1:0', 'aws', 'amazon.nova-lite-v1:0'],
    ['groq', 'openai/gpt-oss-120b', 'groq', 'openai/gpt-oss-120b'],
    ['OpenRouter', 'openai/gpt-4o-mini', 'openrouter', 'openai/gpt-4o-mini'],
  ])('should look %s %s up as %s %s', (provider, model, listProvider, name) => {
    expect(listModel(provider, model, noNames, noOwner)).toEqual({
      provider: listProvider,
      model: name,
    });
  });

  it.each([
    ['foundation-model/amazon.nova-pro-v1:0', 'amazon.nova-pro-v1:0'],
    ['inference-profile/us.anthropic.claude-opus-4-6-v1', 'us.anthropic.claude-opus-4-6-v1'],
    ['application-inference-profile/abc123', 'abc123'],
    ['custom-model/anthropic.claude-3-haiku-20240307-v1:0:48k/abc123', 'abc123'],
    ['provisioned-model/abc123', 'abc123'],
  ])('should take the id at the end of a Bedrock ARN of %s', (resource, name) => {
    const arn = `arn:aws:bedrock:us-east-1:123456789012:${resource}`;
    const wanted = { provider: 'aws', model: name };
    expect(listModel('bedrock', arn, noNames, noOwner)).toEqual(wanted);
    expect(listModel('litellm', `bedrock/converse/${arn}`, noNames, noOwner)).toEqual(wanted);
  });

  it.each([
    ['anthropic/claude-sonnet-4-5', 'anthropic', 'claude-sonnet-4-5'],
    ['groq/openai/gpt-oss-120b', 'groq', 'openai/gpt-oss-120b'],
    ['xai/grok-4.3', 'x-ai', 'grok-4.3'],
    ['gemini/gemini-2.5-flash', 'google', 'gemini-2.5-flash'],
    ['vertex_ai/gemini-2.5-flash', 'google', 'gemini-2.5-flash'],
    ['azure_ai/grok-4.3', 'azure', 'grok-4.3'],
    ['bedrock/us-west-2/amazon.nova-pro-v1:0', 'aws', 'amazon.nova-pro-v1:0'],
    ['ollama/llama3', 'ollama', 'llama3'],
  ])('should take the provider from LiteLLM’s %s', (model, provider, name) => {
    expect(listModel('litellm', model, noNames, noOwner)).toEqual({ provider, model: name });
  });

  it('should give a LiteLLM name without a provider to whoever has such names', () => {
    const ownerOf = (model: string): string | null => (model === 'gpt-4o' ? 'openai' : null);
    expect(listModel('litellm', 'gpt-4o', noNames, ownerOf)).toEqual({
      provider: 'openai',
      model: 'gpt-4o',
    });
    expect(listModel('litellm', 'our-alias', noNames, ownerOf)).toBeNull();
  });

  it('should ask for the owner of a name at LiteLLM only', () => {
    const ownerOf = (): string => 'openai';
    expect(listModel('gateway', 'gpt-4o', noNames, ownerOf)).toMatchObject({ provider: 'gateway' });
  });

  it('should put the caller’s own names first', () => {
    const named = new Map([
      ['Gateway', 'openai'],
      ['xai', 'azure'],
    ]);
    expect(listModel('Gateway', 'gpt-4o', named, noOwner)).toMatchObject({ provider: 'openai' });
    expect(listModel('xai', 'grok-4.3', named, noOwner)).toMatchObject({ provider: 'azure' });
  });
});
