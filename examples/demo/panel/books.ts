/** What the embedded servers recommend when all are asked for a book: each one of its own. */
const books: Readonly<Record<string, string>> = {
  openai: `"To the Lighthouse" by Virginia Woolf.
A family means to sail out to the light tomorrow, and tomorrow takes ten years.
Nothing happens, and afterwards you remember all of it.`,
  anthropic: `"The Summer Book" by Tove Jansson.
A grandmother and a girl share an island too small for anything but the truth.
Read it slowly: there are only twenty-two chapters, and then the boat comes.`,
  google: `"The Voyage of the Beagle" by Charles Darwin.
A young man who gets seasick looks at everything twice and writes it down.
You can watch a large idea come towards him for five years without its name.`,
  groq: `"Kon-Tiki" by Thor Heyerdahl.
Six men, nine logs and a parrot cross the Pacific to win an argument.
It goes fast, and so does the current.`,
  xai: `"The Hitchhiker's Guide to the Galaxy" by Douglas Adams.
The Earth is removed on a Thursday, and it gets more unlikely from there.
The night is dark and full of stars, so know where your towel is.`,
  mistral: `"Twenty Thousand Leagues Under the Seas" by Jules Verne.
Captain Nemo has a library of twelve thousand volumes and no wish to go ashore.
Neither will you have before the last page.`,
  cohere: `"The Odyssey", in Emily Wilson's translation.
Everyone in it wants to go home, and the sea has another opinion.
It has come through twenty-seven centuries, so one night will not hurt it.`,
  litellm: `"The Log from the Sea of Cortez" by John Steinbeck.
A boat, a friend, and a crate of jars for whatever lives between the tides.
It is about looking closely, and about beer.`,
  azure: `"The Old Man and the Sea" by Ernest Hemingway.
Eighty-four days without a fish, and then one that is larger than the boat.
It is as short as a night watch, and as long.`,
  bedrock: `"Moby-Dick" by Herman Melville.
It is not about a whale, except for the chapters that are about nothing else.
Begin at dusk; at dawn you will still be in Nantucket, and glad of it.`,
};

/** The recommendation of a provider. */
export const bookFor = (provider: string): string =>
  books[provider] ?? '"The Dictionary". It has all the others in it.';
