/** The text alone and the reasoning alone, piece by piece: what most programs want of a stream. */
import { finalize, map, merge, share } from 'rxjs';
import { textDeltas, thinkingDeltas } from 'rx-llm/operators';
import { exampleEndpoint } from './endpoints/example-endpoint.ts';

const { llm, options, close } = await exampleEndpoint({
  match: { userMessage: /^How many/ },
  response: {
    reasoning: 'A spider has 8 legs, an ant 6.',
    content: 'They have 26 legs.',
  },
});

const ask = llm.call(options, (question: string) => question);

/** One request for both readers. */
const answer = ask('How many legs have three ants and a spider?').pipe(share());

merge(
  answer.pipe(
    thinkingDeltas(),
    map((thought) => `(${thought})`),
  ),
  answer.pipe(textDeltas()),
)
  .pipe(finalize(close))
  .subscribe({
    next: (piece) => process.stdout.write(piece),
    complete: () => console.log(),
  });

// prints with openai, anthropic, google, groq, xai, litellm, azure, bedrock: (A sp)(ider)…They have 26 legs.
// prints with cohere, mistral: …They have 26 legs.
