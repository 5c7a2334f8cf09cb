import type { CallResponse, CommonUsage } from 'rx-llm';
import type { Terminal } from './terminal.ts';

/** Prints what is known of an answer besides its text. */
export function printFacts(terminal: Terminal, response: CallResponse): void {
  const { finishReasons, commonUsage, timeToFirstChunk, startTime, endTime, audio } = response;
  terminal.fact('finish reason', finishReasons?.join(', ') ?? 'none arrived');
  terminal.fact('usage', commonUsage ? usageText(commonUsage) : 'none arrived');
  if (audio) terminal.fact('audio', `${audio.length} bytes`);
  terminal.fact(
    'first chunk',
    `after ${timeToFirstChunk} ms, the last after ${endTime - startTime} ms`,
  );
  terminal.fact('model', response.model);
  terminal.fact('id', response.id ?? 'none arrived');
}

function usageText(usage: CommonUsage): string {
  const parts = [
    `${known(usage.inputTokens)} input${part(usage.cachedTokens, 'cached')}`,
    `${known(usage.outputTokens)} output${part(usage.reasoningTokens, 'reasoning')}`,
  ];
  return `${parts.join(' + ')} = ${known(usage.totalTokens)} tokens`;
}

const known = (tokens: number | null): string => (tokens === null ? 'unknown' : String(tokens));

const part = (tokens: number | null, name: string): string =>
  tokens ? ` (${tokens} ${name})` : '';
