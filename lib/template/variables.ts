import type { Spec, ValuesBySpec } from './values.ts';

/**
 * The variables of a literal template, each as `path:spec`: `'genre:'`, `'book.title:'`,
 * `'cover:image'`, `'history:messages'`. Problems are among them as {@link Problem}.
 *
 * `string` where the text is not known to the letter, and where it has so many braces that the compiler
 * could not follow.
 */
export type VariablesOf<Text extends string> =
  // eslint-disable-next-line @typescript-eslint/no-generated-empty-object-type -- fits exactly the records whose keys are not known
  Record<never, never> extends Record<Text, true> ? string : Scan<`\n${Text}`>;

/** What is wrong with a template, for the compiler to show. */
export interface Problem<What extends string> {
  readonly problem: What;
}

/** An object with the values of the variables. */
export type ValuesOf<Variable, Own = never> =
  ByFirstName<Variable> extends infer Names
    ? { readonly [Name in keyof Names]: ValueOf<Names[Name], Own> }
    : never;

/** The compiler follows a type into itself 1000 times; it must stop before by itself. */
type MaxBraces = TenTimes<TenTimes<'{{{{{'>>;

type TenTimes<Text extends string> =
  `${Text}${Text}${Text}${Text}${Text}${Text}${Text}${Text}${Text}${Text}`;

/** A step per opening brace. Each is a tail call, whose depth has the larger limit; counted by a text, which costs the least. */
type Scan<Text extends string, Found = never, Braces extends string = ''> = Braces extends MaxBraces
  ? string
  : Text extends `${infer Before}{${infer Rest}`
    ? Rest extends `{${infer After}`
      ? Scan<After, Found, `${Braces}{`>
      : Rest extends `${infer Field}}${infer After}`
        ? Scan<After, Found | VariableOf<Field, Before>, `${Braces}{`>
        : Problem<'A { is not closed; write {{ for a brace'>
    : Found;

type VariableOf<
  Field extends string,
  Before extends string,
> = Field extends `${infer Path}:${infer Word}`
  ? Path extends ''
    ? CacheMarkOf<Word>
    : Path extends NoPath
      ? NoVariable<Field>
      : Word extends Spec
        ? `${Path}:${Word}`
        : Problem<`{${Field}}: ${Word} is none of ${Words}; write {{ and }} for braces`>
  : Field extends NoPath
    ? NoVariable<Field>
    : AtMessages<Before> extends true
      ? `${Field}:messages`
      : `${Field}:`;

type CacheMarkOf<Word extends string> = Word extends
  'cache_control' | 'cache_control 5m' | 'cache_control 1h'
  ? never
  : Problem<`{:${Word}}: write {name:${Word}}, or {:cache_control}, with 5m or 1h after it or nothing`>;

type NoVariable<Field extends string> =
  Problem<`{${Field}} is not a variable; write {name} or {name:word}, and {{ and }} for braces`>;

type Words = 'list, lists, text(s), image(s), audio(s), document(s), part(s)';

/** What no path of names looks like; finer points are left to the template itself. */
type NoPath =
  | ''
  | `.${string}`
  | `${string}.`
  | `${string}..${string}`
  | `${string}${' ' | '\n' | '"' | "'" | ',' | '{' | '(' | '['}${string}`;

/** Whether a text ends in the heading of a `MESSAGES:` section. */
type AtMessages<Before extends string> = Before extends `${string}MESSAGES:${string}`
  ? TrimEnd<Before, Blank | '\n' | '\r'> extends `${infer Lead}MESSAGES:`
    ? TrimEnd<Lead, Blank> extends `${string}\n`
      ? true
      : false
    : false
  : false;

type Blank = ' ' | '\t';

type TrimEnd<Text extends string, Space extends string> = Text extends `${infer Rest}${Space}`
  ? TrimEnd<Rest, Space>
  : Text;

/** What follows each first name: `:spec`, further names, or several of either. */
type ByFirstName<Variable> = {
  [Each in Variable & string as FirstName<Each>]: AfterFirstName<Each>;
};

type FirstName<Variable extends string> = Variable extends `${infer Name}.${string}`
  ? Name
  : Variable extends `${infer Name}:${string}`
    ? Name
    : never;

type AfterFirstName<Variable extends string> = Variable extends `${string}.${infer Names}`
  ? Names
  : Variable extends `${string}:${infer Word}`
    ? `:${Word}`
    : never;

/** A variable that is used in several ways has to fit them all. */
type ValueOf<After, Own> =
  Exclude<After, `:${string}`> extends never
    ? SpecValue<After, Own>
    : ValuesOf<Exclude<After, `:${string}`>, Own> &
        (Extract<After, `:${string}`> extends never ? unknown : SpecValue<After, Own>);

type SpecValue<After, Own> = (
  After extends `:${infer Word extends keyof ValuesBySpec}`
    ? (value: ValuesBySpec<Own>[Word]) => void
    : never
) extends (value: infer Value) => void
  ? Value
  : never;
