/** Every event of the provider's is one chunk: what it says in common terms, and the event itself. */
import { finalize } from 'rxjs';
import { tool } from 'rx-llm';
import { z } from 'zod';
import { exampleEndpoint } from './endpoints/example-endpoint.ts';

const { llm, options, close } = await exampleEndpoint({
  match: { userMessage: /weather/ },
  response: {
    content: 'Let me see.',
    toolCalls: [{ id: 'call_1', name: 'get_weather', arguments: '{"city":"Oslo"}' }],
  },
});

const weather = tool({ name: 'get_weather', parameters: z.object({ city: z.string() }) });

const ask = llm.call({ ...options, tools: [weather] }, () => 'What is the weather in Oslo?');

ask()
  .pipe(finalize(close))
  .subscribe(([chunk, called]) => {
    // Each says what it has, and `null`, or an empty text, for what it has not.
    const { content, toolCallDeltas, finishReasons, commonFinishReasons, usage, commonUsage } =
      chunk;
    if (content !== '') console.log(`text: ${chunk}`);
    for (const { name, arguments: piece } of toolCallDeltas)
      console.log('piece of a call:', name ?? '…', piece);
    if (called) console.log('a call:', called.id, called.args, called.argumentsText);
    if (called) console.log('the call, for the provider:', JSON.stringify(called.toolCall));
    if (finishReasons) console.log('it ends for:', finishReasons, commonFinishReasons);
    if (usage) console.log('used:', usage, commonUsage?.totalTokens);

    // As the SDK gave it, with its types: `llm` is of any provider here, `openai.call` says which.
    console.log(`${chunk.model ?? '…'} ${chunk.id ?? '…'}`, JSON.stringify(chunk.chunk));
  });

// prints: text: …
// prints: … … {…}
// prints: a call: … { city: 'Oslo' } {"city":"Oslo"}
// prints: the call, for the provider: {…get_weather…}
// prints: it ends for: [ '…' ] [ 'tool_calls' ]
