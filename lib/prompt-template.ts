import type { Message } from './message.ts';
import { fillTemplate } from './template/fill.ts';
import { parseTemplate } from './template/parse.ts';
import type { TemplateValues } from './template/value-of.ts';
import type { Problem, ValuesOf, VariablesOf } from './template/variables.ts';

/** A prompt made of a template: the values of its variables in, messages out. */
export interface PromptTemplate<Args extends readonly unknown[]> {
  (...args: Args): readonly Message[];
  /** The text it was made of. */
  readonly template: string;
}

/**
 * A prompt made of a template with a `MESSAGES:` section. It takes messages in common terms, and those of
 * one provider where that is said: `openai.call('gpt-4o-mini', chat<ChatCompletionMessageParam>)`.
 */
export interface ConversationTemplate<Variable> {
  <Own extends object>(values: ValuesOf<Variable, Own>): readonly (Message | Own)[];
  // Last, for it is the last one that a call infers its arguments from.
  (values: ValuesOf<Variable>): readonly Message[];
  /** The text it was made of. */
  readonly template: string;
}

/** The text of a template, or what is wrong with it. */
type CheckedText<Text extends string> = [ProblemOf<VariablesOf<Text>>] extends [never]
  ? Text
  : ProblemOf<VariablesOf<Text>>;

type ProblemOf<Variable> = Variable extends Problem<infer What> ? What : never;

type TemplateOf<Variable> = [Variable] extends [never]
  ? PromptTemplate<[]>
  : string extends Variable
    ? PromptTemplate<[values?: TemplateValues]>
    : Extract<Variable, `${string}:messages`> extends never
      ? PromptTemplate<[values: ValuesOf<Variable>]>
      : ConversationTemplate<Variable>;

/**
 * Makes a prompt function of a text with variables in it. Its one argument is an object with their
 * values, and it gives messages in common terms.
 *
 * A line that begins with `SYSTEM:`, `USER:` or `ASSISTANT:` begins a message of that role; without any,
 * the text is one message of the user. `MESSAGES: {history}` stands for a list of messages. Each section
 * loses the indentation its lines share and the white space around it; one with nothing in it is an error.
 *
 * ```
 * {genre}, {book.title}                  text: a string, number, bigint or boolean
 * {books:list}                           texts, one per line
 * {shelves:lists}                        lists of texts, with a blank line between them
 * {question:text}, {questions:texts}     text, as parts of their own
 * {cover:image}, {covers:images}         images: a URL, bytes, or a part
 * {clip:audio}, {clips:audios}           sound, likewise
 * {paper:document}, {papers:documents}   documents, likewise
 * {extra:part}, {extras:parts}           any parts a user may send
 * {:cache_control}                       no value: marks the part before it as worth caching,
 *                                        {:cache_control 5m} and {:cache_control 1h} for how long
 * {{ and }}                              no value: a brace
 * ```
 *
 * A message with parts, or a mark, has a list of parts for its content, in the order of the text, and no
 * white space of the template around them; empty texts are left out. Parts are for `USER` sections, text
 * parts and marks for all. Bytes are told by how they begin; where that says nothing,
 * they are taken for what a part without `mediaType` is.
 *
 * Values are never read as a template: braces and headings in them are text. So is a line that only
 * looks like a heading when it is filled in.
 *
 * The compiler reads the variables of a text that is known to the letter and has fewer than 500 braces.
 * Of any other the values are a record, and are checked when the prompt runs. The text is read once, here.
 *
 * @example
 * ```ts
 * const recommend = openai.call('gpt-4o-mini', promptTemplate('Recommend a {genre} book'));
 * recommend({ genre: 'fantasy' }).subscribe(([chunk]) => process.stdout.write(chunk.content));
 *
 * const chat = promptTemplate(`
 *   SYSTEM: You are a {kind} librarian.
 *   MESSAGES: {history}
 *   USER: What should I read after this? {cover:image}
 * `);
 * chat({ kind: 'friendly', history, cover: 'https://example.com/cover.png' });
 * ```
 * @param text the template
 * @returns a prompt; called with values that are missing, not asked for or of another kind, it throws a
 * `StreamError` with code `prompt`, which a call delivers as its `error`
 * @throws {TypeError} when the template is wrong in itself, with the line and what to write
 */
export function promptTemplate<const Text extends string>(
  text: CheckedText<Text>,
): TemplateOf<VariablesOf<Text>> {
  // Types promise it; plain JavaScript and a template literal used as a tag do not keep it.
  if (typeof (text as unknown) !== 'string') {
    throw new TypeError(
      "promptTemplate takes one text: promptTemplate('Recommend a {genre} book')",
    );
  }
  const template = parseTemplate(text);
  const prompt: PromptTemplate<[values?: unknown]> = Object.assign(
    (values?: unknown) => fillTemplate(template, values),
    { template: text },
  );
  return prompt;
}
