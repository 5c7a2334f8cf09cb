import { structured } from 'rx-llm/operators';
import { textAnswer } from './answers.ts';
import type { Document } from './documents.ts';
import { streamOf } from './stream.ts';
import type { Stream } from './suite.ts';

/** The stream of a JSON answer of which every partial value is read. */
export const structuredStream = (document: Document): Stream =>
  streamOf(
    document,
    textAnswer(document).pipe(structured()),
    (read) => (read.done ? read.value : read.partial),
    JSON.parse(document.text),
  );
