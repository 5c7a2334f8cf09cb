/** Results of tools by hand: in the shape of the provider that called them, or in common terms for another. */
import { catchError, concat, finalize, forkJoin, map, of, switchMap, type Observable } from 'rxjs';
import { Messages, tool, type Message, type Tool, type ToolOutput, type Wire } from 'rx-llm';
import { anthropic } from 'rx-llm/anthropic';
import { toCallResponse } from 'rx-llm/operators';
import { z } from 'zod';
import { exampleEndpoint } from './endpoints/example-endpoint.ts';

const { llm, options, optionsFor, close } = await exampleEndpoint(
  {
    match: { userMessage: /weather/, hasToolResult: false },
    response: {
      toolCalls: [{ id: 'call_1', name: 'get_weather', arguments: '{"city":"Oslo"}' }],
    },
  },
  { match: { userMessage: /weather/ }, response: { content: 'It has 4 degrees.' } },
);

const weather = tool({
  name: 'get_weather',
  parameters: z.object({ city: z.string() }),
  execute: ({ city }) => ({ city, celsius: 4 }),
});

const ask = llm.call({ ...options, tools: [weather] }, (history: readonly Message[]) => history);
const askClaude = ask.with(anthropic, optionsFor(anthropic));
/** Takes messages as the provider has them: with whatever it needs back, such as signatures of its thoughts. */
const goOn = llm.call({ ...options, tools: [weather] }, (history: readonly object[]) => history);

/** A call that must not run errors like one that fails: the model is told so, for an `Error` is a failure. */
const withOutput = (called: Tool): Observable<ToolOutput<Wire>> =>
  called.call().pipe(
    catchError((error: unknown) => of(error)),
    map((output) => [called, output]),
  );

const question = [Messages.user('What is the weather in Oslo?')];

ask(question)
  .pipe(
    toCallResponse(),
    switchMap((response) =>
      forkJoin(response.tools.map(withOutput)).pipe(map((outputs) => ({ response, outputs }))),
    ),
    switchMap(({ response, outputs }) => {
      const { messages, messageParam, commonMessageParam } = response;
      const results = response.toolMessageParams(outputs);
      const commonResults = response.commonToolMessageParams(outputs);
      console.log(JSON.stringify(results));
      console.log(JSON.stringify(commonResults));
      return concat(
        goOn([...messages, messageParam, ...results]).pipe(toCallResponse()),
        askClaude([...question, commonMessageParam, ...commonResults]).pipe(toCallResponse()),
      );
    }),
    finalize(close),
  )
  .subscribe(({ provider, content }) => console.log(`${provider}: ${content}`));

// prints: […celsius…4…]
// prints: [{"role":"tool","content":[{"type":"tool_result","id":"…","name":"get_weather","output":{"city":"Oslo","celsius":4}}]}]
// prints: …: It has 4 degrees.
// prints: anthropic: It has 4 degrees.
