import type { Cohere } from 'cohere-ai';
import type { ImagePart, UserPart } from '../../lib/index.ts';
import { toBase64 } from '../../lib/base64.ts';
import { unsupported } from '../../lib/unsupported.ts';
import { unmarked } from './cache-mark.ts';

/** A part of a user's message in the API's terms. Cohere's own parts go through untouched. */
export function encodePart(given: UserPart | Cohere.Content): Cohere.Content {
  const part = unmarked(given);
  switch (part.type) {
    case 'image':
      return encodeImage(part);
    case 'audio':
      throw unsupported('cohere', 'audio', 'send a transcript');
    case 'document':
      throw unsupported(
        'cohere',
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
