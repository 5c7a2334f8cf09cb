/** What a JSON value can be. */
export type JsonType = 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null';
