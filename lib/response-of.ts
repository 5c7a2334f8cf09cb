import type { CallResponse } from './call-response.ts';
import type { AnyStreamTuple, StreamTuple } from './chunk.ts';
import type { ResponseModel } from './response-model.ts';

/** The response of a stream of these tuples; of tuples of several providers, one of either. */
export type ResponseOf<Tuple extends AnyStreamTuple> =
  Tuple extends StreamTuple<infer W, infer D, ResponseModel, boolean> ? CallResponse<W, D> : never;
