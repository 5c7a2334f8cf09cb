/** `for await` over a stream: RxJS has no bridge of its own, a web stream is one; `break` closes the connection. */
import { Subscription, type Observable } from 'rxjs';
import { textDeltas } from 'rx-llm/operators';
import { exampleEndpoint } from './endpoints/example-endpoint.ts';

const { llm, options, nextClose, closeSeenBy, close } = await exampleEndpoint({
  match: { userMessage: /^List/ },
  response: { content: 'Io, Europa, Ganymede, Callisto, and many more. '.repeat(10) },
});

/**
 * No back-pressure: a model is not held back, so what is not read yet is kept. An error overtakes it; what
 * had arrived is in its `partial`. Also the body of an HTTP response: `new Response(readable(…))`.
 */
function readable<T>(source: Observable<T>): ReadableStream<T> {
  const subscription = new Subscription();
  return new ReadableStream<T>({
    start: (controller) => {
      const observer = {
        next: (value: T) => controller.enqueue(value),
        error: (error: unknown) => controller.error(error),
        complete: () => controller.close(),
      };
      subscription.add(source.subscribe(observer));
    },
    cancel: () => subscription.unsubscribe(),
  });
}

const list = llm.call(options, () => 'List the moons of Jupiter');

nextClose.subscribe(() => {
  console.log(`${closeSeenBy}.`);
  close();
});

let text = '';
for await (const delta of readable(list().pipe(textDeltas()))) {
  text += delta;
  if (text.includes('Callisto')) break;
}
console.log(text);

// prints: Io, Europa, Ganymede, Callisto…
// prints: The server saw the socket close.
