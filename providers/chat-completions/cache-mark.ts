import type { CacheControl } from '../../lib/index.ts';
import type { Dialect } from './dialect.ts';
import { unsupported } from '../../lib/unsupported.ts';

/**
 * The fields of a part that ends what is worth caching, `null` for a part that does not.
 *
 * `cache_control` is Anthropic's, which LiteLLM and OpenRouter pass on. `prompt_cache_breakpoint` is
 * OpenAI's: models before GPT-5.6 refuse it, and how long it lives the request says
 * (`prompt_cache_options`), not the part.
 *
 * @see https://developers.openai.com/api/docs/guides/prompt-caching
 * @throws {StreamError} `unsupported` where a part cannot be marked, or not for a time
 */
export function cacheMark(
  { name, cacheMark: field }: Pick<Dialect, 'name' | 'cacheMark'>,
  control: CacheControl | undefined,
): object | null {
  if (control === undefined || control === false) return null;
  const ttl = control === true ? null : control.ttl;
  switch (field) {
    case 'cache_control':
      return { cache_control: { type: 'ephemeral', ...(ttl && { ttl }) } };
    case 'prompt_cache_breakpoint':
      if (ttl) throw unsupported(name, 'a ttl in cacheControl', 'use cacheControl: true');
      return { prompt_cache_breakpoint: { mode: 'explicit' } };
    case 'none':
      throw unsupported(name, 'cacheControl', 'leave it out, the service caches as it sees fit');
  }
}

/**
 * The fields of a tool that ends what is worth caching, `null` for one that does not. OpenAI's breakpoints
 * stand on parts of messages only.
 *
 * @throws {StreamError} `unsupported` where a tool cannot be marked, or not for a time
 */
export function toolCacheMark(
  dialect: Pick<Dialect, 'name' | 'cacheMark'>,
  control: CacheControl | undefined,
): object | null {
  if (control && dialect.cacheMark === 'prompt_cache_breakpoint') {
    const instead = 'mark the first part behind them: what is cached begins with the tools';
    throw unsupported(dialect.name, 'cacheControl on tools', instead);
  }
  return cacheMark(dialect, control);
}
