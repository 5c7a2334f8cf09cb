import type { Cohere } from 'cohere-ai';
import { StreamError, type ImagePart, type UserPart } from '../../lib/index.ts';
import { toBase64 } from '../../lib/base64.ts';
import { unmarked } from './cache-mark.ts';

/** A part of a user's message in the API's terms. Cohere's own parts go through untouched. */
export function encodePart(given: UserPart | Cohere.Content): Cohere.Content {
  const part = unmarked(given);
  switch (part.type) {
    case 'image':
      return encodeImage(part);
    case 'audio':
      throw unsupported('audio', 'send a transcript');
    case 'document':
      throw unsupported(
        'documents inside a message',
        'give their text in callParams.documents, where the model can cite it',
      );
    default:
      return part;
  }
}

function encodeImage({ url, data, mediaType = 'image/png', detail }: ImagePart): Cohere.Content {
  const base64 = data instanceof Uint8Array ? toBase64(data) : data;
  return {
    type: 'image_url',
    imageUrl: {
      url: url ?? `data:${mediaType};base64,${base64}`,
      ...(detail !== undefined && { detail }),
    },
  };
}

const unsupported = (what: string, instead: string): StreamError =>
  new StreamError('cohere', {
    code: 'unsupported',
    message: `Cohere's chat does not take ${what}; ${instead}`,
  });
