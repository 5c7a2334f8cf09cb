/** The loop: calls run side by side, wait for approval where they must, and failures go back to the model. */
import { finalize, last, of, tap } from 'rxjs';
import { tool } from 'rx-llm';
import { runTools } from 'rx-llm/operators';
import { z } from 'zod';
import { exampleEndpoint } from './endpoints/example-endpoint.ts';

const { llm, options, close } = await exampleEndpoint(
  {
    match: { userMessage: /^Tidy up/, hasToolResult: false },
    response: {
      toolCalls: [
        { id: 'call_1', name: 'list_files', arguments: '{"folder":"photos"}' },
        { id: 'call_2', name: 'list_files', arguments: '{"folder":"attic"}' },
        { id: 'call_3', name: 'delete_folder', arguments: '{"folder":"photos"}' },
        { id: 'call_4', name: 'make_coffee', arguments: '{}' },
      ],
    },
  },
  { match: { userMessage: /^Tidy up/ }, response: { content: 'The photos I have left alone.' } },
);

const parameters = z.object({ folder: z.string() });

const listFiles = tool({
  name: 'list_files',
  parameters,
  execute: ({ folder }) => {
    if (folder !== 'photos') throw new Error(`There is no folder "${folder}"`);
    return ['norway.jpg', 'chile.jpg'];
  },
});

const deleteFolder = tool({ name: 'delete_folder', parameters, execute: () => 'deleted' });

const ask = llm.call({ ...options, tools: [listFiles, deleteFolder] }, () => 'Tidy up my files');

ask()
  .pipe(
    runTools({
      maxSteps: 3,
      concurrency: 2,
      // May take its time: a Promise, or an Observable of a click.
      approve: ({ name }) => of(name !== 'delete_folder' || { reason: 'the user said no' }),
      onUnknown: ({ name }) => `Nobody here can ${name}`,
    }),
    tap(([{ content }]) => process.stdout.write(content)),
    last(),
    finalize(close),
  )
  .subscribe(([{ call }]) => {
    console.log('\nIt had been told:');
    for (const [{ name, argumentsText }, output] of call.toolOutputs)
      console.log(`${name}(${argumentsText})`, output instanceof Error ? output.message : output);
  });

// prints: The photos I have left alone.
// prints: It had been told:
// prints: list_files({"folder":"photos"}) [ 'norway.jpg', 'chile.jpg' ]
// prints: list_files({"folder":"attic"}) There is no folder "attic"
// prints: delete_folder({"folder":"photos"}) The call was not approved: the user said no
// prints: make_coffee({}) Nobody here can make_coffee
