import type { CannedAnswer } from '../endpoints/embedded-endpoint.ts';
import type { DemoProvider } from '../providers/demo-provider.ts';
import { bookFor } from './panel/books.ts';

/** What the embedded server answers, by the user's message; the first that matches counts. */
export const cannedAnswers = ({ name, liveWith }: DemoProvider): readonly CannedAnswer[] => [
  {
    match: { userMessage: /^Recommend a fantasy book/ },
    response: {
      content: `"A Wizard of Earthsea" by Ursula K. Le Guin. A gifted boy sets a shadow loose
and has to sail to the end of the world to call it by its name. It is short, it
is wise, and it trusts its readers.`,
    },
  },
  {
    match: { userMessage: /^Tell a story about a lighthouse keeper/ },
    response: {
      content: `Every night the keeper lit the lamp for a ship that had stopped coming years ago.
One morning it lay at the pier, and its captain asked who had kept his way. THE END

The lamp stands for patience, the ship for whatever we have stopped expecting, and the
pier for the place where the two meet, if only someone stays awake long enough.`,
    },
  },
  {
    match: { userMessage: /^Count from one to/ },
    response: {
      content: `one, two, three, four, five, six, seven, eight, nine, ten, eleven, twelve, thirteen,
fourteen, fifteen, sixteen, seventeen, eighteen, nineteen, twenty, twenty-one, and so on.`,
    },
  },
  {
    match: { userMessage: /^Summarise .*lighthouse/ },
    response: {
      content: `Norway's oldest lighthouse, Lindesnes, shone for the first time in 1656, with no
more than thirty candles in its window to show the ships where the land ends.`,
    },
  },
  {
    match: { userMessage: /^Summarise .*observatory/ },
    response: {
      content: 'The Mauna Kea observatory looks at the sky from above most of its clouds.',
    },
  },
  {
    match: { userMessage: /^Translate into French: .*Mauna Kea/ },
    response: {
      content: "L'observatoire du Mauna Kea regarde le ciel au-dessus de presque tous ses nuages.",
    },
  },
  {
    match: { userMessage: /^Recommend a book for a night in a lighthouse/ },
    response: { content: bookFor(name) },
  },
  {
    match: { predicate: () => true },
    // Bedrock's model stands in the URL, from which aimock takes it as it is written there.
    response: ({ model }) => ({
      content: `This is a canned answer: the embedded server of the demo has received your prompt, but
there is no model behind it. Set ${liveWith[0]?.join(' and ') ?? 'a key'} and run the same command again to
have ${decodeURIComponent(model)} answer.`,
    }),
  },
];
