import { userPartTypes } from '../part.ts';
import type { UserPart } from '../message.ts';
import type { Spec } from './values.ts';

/** Specs whose values become text within the text around them. */
export type TextSpec = '' | 'list' | 'lists';

/** Specs whose values become parts of their own. */
export type PartSpec = Exclude<Spec, TextSpec>;

/** Which parts a spec stands for, and how many. */
export interface PartKind {
  readonly types: readonly UserPart['type'][];
  readonly many: boolean;
}

/** The parts each spec stands for. */
export const partKinds: Readonly<Record<PartSpec, PartKind>> = {
  text: { types: ['text'], many: false },
  texts: { types: ['text'], many: true },
  image: { types: ['image'], many: false },
  images: { types: ['image'], many: true },
  audio: { types: ['audio'], many: false },
  audios: { types: ['audio'], many: true },
  document: { types: ['document'], many: false },
  documents: { types: ['document'], many: true },
  part: { types: userPartTypes, many: false },
  parts: { types: userPartTypes, many: true },
};

/** Every word that may stand after the colon of a variable. */
export const specs: readonly Spec[] = ['list', 'lists', ...(Object.keys(partKinds) as PartSpec[])];

/** Whether a spec stands for parts. */
export const isPartSpec = (spec: TextSpec | PartSpec): spec is PartSpec =>
  Object.hasOwn(partKinds, spec);
