const length = 9;
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/**
 * An id Mistral takes, always the same for the same id: its API refuses ids that are not nine letters and
 * digits with code 3280 ("Tool call id was … but must be a-z, A-Z, 0-9, with a length of 9"), and the
 * calls of a conversation may come from another provider.
 */
export const toolCallId = (id: string): string => (/^[a-zA-Z0-9]{9}$/.test(id) ? id : hashed(id));

/** FNV-1a over 64 bits, written with the letters and digits the API takes: nine of them hold 53 bits. */
function hashed(id: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(id)) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  }
  let text = '';
  while (text.length < length) {
    text += alphabet[Number(hash % BigInt(alphabet.length))] ?? '';
    hash /= BigInt(alphabet.length);
  }
  return text;
}
