import type {
  AudioPart,
  DocumentPart,
  ImagePart,
  Message,
  TextPart,
  UserPart,
} from '../message.ts';

/** Text, or what reads as text. */
export type TextValue = string | number | bigint | boolean;

/** An image, sound or document: where it can be fetched, its bytes, or a part that says more of it. */
export type MediaValue<P extends ImagePart | AudioPart | DocumentPart> =
  string | URL | Uint8Array | P;

/**
 * What a variable is filled in with, by the word after its colon.
 *
 * @typeParam Own a provider's own messages, accepted beside those in common terms
 */
export interface ValuesBySpec<Own = never> {
  /** `{genre}`: within the text. */
  readonly '': TextValue;
  /** `{books:list}`: within the text, one per line. */
  readonly list: readonly TextValue[];
  /** `{shelves:lists}`: within the text, one per line, a blank line between lists. */
  readonly lists: readonly (readonly TextValue[])[];
  /** `{question:text}`: a text part of its own. */
  readonly text: TextValue | TextPart;
  readonly texts: readonly (TextValue | TextPart)[];
  readonly image: MediaValue<ImagePart>;
  readonly images: readonly MediaValue<ImagePart>[];
  readonly audio: MediaValue<AudioPart>;
  readonly audios: readonly MediaValue<AudioPart>[];
  readonly document: MediaValue<DocumentPart>;
  readonly documents: readonly MediaValue<DocumentPart>[];
  /** `{extra:part}`: whatever a user may send. */
  readonly part: UserPart;
  readonly parts: readonly UserPart[];
  /** What stands in a `MESSAGES:` section, where nothing is written after the name. */
  readonly messages: readonly (Message | Own)[];
}

/** The words that may stand after the colon of a variable. */
export type Spec = Exclude<keyof ValuesBySpec, '' | 'messages'>;
