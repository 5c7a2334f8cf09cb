import type { Part } from './message.ts';

/** A part of one type. */
export type PartOf<Type extends Part['type']> = Extract<Part, { readonly type: Type }>;

/** The types of the parts a user may send. */
export const userPartTypes = ['text', 'image', 'audio', 'document'] as const;

/** The types of the parts a model may have sent. */
export const assistantPartTypes = ['text', 'thinking', 'tool_call'] as const;

/** Whether a value is a part of one of these types, with what such a part cannot do without. */
export const isPart = <Type extends Part['type']>(
  value: unknown,
  types: readonly Type[],
): value is PartOf<Type> =>
  typeof value === 'object' &&
  value !== null &&
  types.some((type) => 'type' in value && value.type === type && isComplete[type](value));

/** A value that says it is a part. */
interface Candidate {
  readonly [name: string]: unknown;
}

const hasText = ({ text }: Candidate): boolean => typeof text === 'string';

const hasSource = ({ url, data }: Candidate): boolean =>
  data === undefined
    ? typeof url === 'string'
    : url === undefined && (typeof data === 'string' || data instanceof Uint8Array);

const hasCall = ({ id, name }: Candidate): boolean =>
  typeof id === 'string' && typeof name === 'string';

const isComplete: Readonly<Record<Part['type'], (part: Candidate) => boolean>> = {
  text: hasText,
  thinking: hasText,
  image: hasSource,
  audio: hasSource,
  document: hasSource,
  tool_call: hasCall,
  tool_result: hasCall,
};
