/** A model under the names of the price list. */
export interface ListModel {
  /** Id of its provider. */
  readonly provider: string;
  /** Its name, as the provider names it. */
  readonly model: string;
}

/** What the list calls providers that have another name here. */
const providerIds: ReadonlyMap<string, string> = new Map([
  ['bedrock', 'aws'],
  ['xai', 'x-ai'],
]);

/**
 * What the list calls the providers that LiteLLM puts before a model, where it is another name:
 * https://docs.litellm.ai/docs/providers
 */
const litellmIds: ReadonlyMap<string, string> = new Map([
  ...providerIds,
  ['azure_ai', 'azure'],
  ['cohere_chat', 'cohere'],
  ['fireworks_ai', 'fireworks'],
  ['gemini', 'google'],
  ['github_copilot', 'github-copilot'],
  ['moonshot', 'moonshotai'],
  ['together_ai', 'together'],
  ['vertex_ai', 'google'],
]);

/**
 * The name to look a call's model up by. Whether the list has it is not known here.
 *
 * @param named the list's ids of providers with a name of the caller's
 * @param ownerOf the list's id of the provider whose models have such a name, `null` when none has
 */
export function listModel(
  name: string,
  model: string,
  named: ReadonlyMap<string, string>,
  ownerOf: (model: string) => string | null,
): ListModel | null {
  const provider = named.get(name) ?? providerIds.get(name) ?? name.toLowerCase();
  if (provider !== 'litellm') return modelOf(provider, model);
  const slash = model.indexOf('/');
  if (slash < 0) {
    // Like LiteLLM itself: a name without a provider belongs to the provider whose names look like it.
    const owner = ownerOf(model);
    return owner === null ? null : { provider: owner, model };
  }
  const prefix = model.slice(0, slash);
  return modelOf(litellmIds.get(prefix) ?? prefix, model.slice(slash + 1));
}

/**
 * Bedrock takes ids and ARNs, `arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.…`,
 * and LiteLLM puts a route or a region before them. The id is last; of an application's own profile, a
 * custom or a provisioned model that is an id which tells nothing of the model.
 */
const modelOf = (provider: string, model: string): ListModel => ({
  provider,
  model: provider === 'aws' ? model.slice(model.lastIndexOf('/') + 1) : model,
});
