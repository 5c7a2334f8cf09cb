/** Tool calls piece by piece: `partialTools` shows the arguments while they arrive, sound at every moment. */
import { finalize, mergeMap, tap } from 'rxjs';
import { tool } from 'rx-llm';
import { validTools } from 'rx-llm/operators';
import { z } from 'zod';
import { exampleEndpoint } from './endpoints/example-endpoint.ts';

const { llm, options, close } = await exampleEndpoint({
  match: { userMessage: /invitation/ },
  response: {
    toolCalls: [
      {
        id: 'call_1',
        name: 'send_mail',
        arguments: '{"to":"Ada","text":"Come on Friday at eight."}',
      },
    ],
  },
});

const sendMail = tool({
  name: 'send_mail',
  parameters: z.object({ to: z.string(), text: z.string() }),
  execute: ({ to, text }) => `Sent to ${to}: ${text}`,
});

const write = llm.call(
  { ...options, tools: [sendMail], partialTools: true },
  (to: string) => `Send an invitation to ${to}`,
);

write('Ada')
  .pipe(
    tap(([, called]) => {
      // Everything is optional, and the text that came last may be cut.
      if (called && called.delta !== null)
        console.log(`${called.name} to ${called.args.to ?? '?'}: ${called.args.text ?? ''}`);
    }),
    validTools(),
    mergeMap((called) => called.call()),
    finalize(close),
  )
  .subscribe((sent) => console.log(sent));

// prints: send_mail to Ada: Come on Friday at eight.
// prints: Sent to Ada: Come on Friday at eight.
