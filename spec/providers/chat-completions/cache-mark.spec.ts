import { describe, expect, it } from '@jest/globals';
import type { CacheControl } from 'rx-llm';
import { cacheMark, toolCacheMark } from '../../../providers/chat-completions/cache-mark.ts';
import type { Dialect } from '../../../providers/chat-completions/dialect.ts';

const mark = (field: Dialect['cacheMark'], control: CacheControl | undefined): object | null =>
  cacheMark({ name: 'acme', cacheMark: field }, control);

const fields = ['none', 'cache_control', 'prompt_cache_breakpoint'] as const;

describe('cacheMark', () => {
  it.each(fields)('should mark nothing unless it is told to, with %s', (field) => {
    expect(mark(field, undefined)).toBeNull();
    expect(mark(field, false)).toBeNull();
  });

  it('should mark as Anthropic does, for the time that is said', () => {
    expect(mark('cache_control', true)).toStrictEqual({ cache_control: { type: 'ephemeral' } });
    expect(mark('cache_control', { ttl: '1h' })).toStrictEqual({
      cache_control: { type: 'ephemeral', ttl: '1h' },
    });
  });

  it('should mark as OpenAI does', () => {
    expect(mark('prompt_cache_breakpoint', true)).toStrictEqual({
      prompt_cache_breakpoint: { mode: 'explicit' },
    });
  });

  it('should refuse a time where a mark has none', () => {
    expect(() => mark('prompt_cache_breakpoint', { ttl: '5m' })).toThrow(
      '[acme] This API does not take a ttl in cacheControl; use cacheControl: true.',
    );
  });

  it.each([true, { ttl: '5m' } as const])('should refuse %j where there is no mark', (control) => {
    expect(() => mark('none', control)).toThrow(
      expect.objectContaining({
        code: 'unsupported',
        message: expect.stringContaining('does not take cacheControl; leave it out'),
      }),
    );
  });
});

describe('toolCacheMark', () => {
  const toolMark = (cacheMark: Dialect['cacheMark'], control?: CacheControl): object | null =>
    toolCacheMark({ name: 'acme', cacheMark }, control);

  it.each(fields)('should mark nothing unless it is told to, with %s', (field) => {
    expect(toolMark(field)).toBeNull();
    expect(toolMark(field, false)).toBeNull();
  });

  it('should mark as Anthropic does', () => {
    expect(toolMark('cache_control', { ttl: '1h' })).toStrictEqual({
      cache_control: { type: 'ephemeral', ttl: '1h' },
    });
  });

  it('should refuse where only parts of messages have a mark, and where nothing has', () => {
    expect(() => toolMark('prompt_cache_breakpoint', true)).toThrow(
      '[acme] This API does not take cacheControl on tools; mark the first part behind them',
    );
    expect(() => toolMark('none', true)).toThrow('does not take cacheControl; leave it out');
  });
});
