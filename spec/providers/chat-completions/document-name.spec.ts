import { describe, expect, it } from '@jest/globals';
import { documentName } from '../../../providers/chat-completions/document-name.ts';

describe('documentName', () => {
  it.each([
    ['application/pdf', 'document.pdf'],
    ['text/csv', 'document.csv'],
    ['text/html', 'document.html'],
    ['application/json', 'document.json'],
    ['text/plain', 'document.txt'],
    ['text/markdown', 'document.md'],
    ['application/msword', 'document.doc'],
    ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'document.docx'],
    ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'document.xlsx'],
  ])('should name %s %s', (mediaType, name) => {
    expect(documentName(mediaType)).toBe(name);
  });

  it.each([
    'application/octet-stream',
    'application/vnd.acme.plan',
    'application',
    '',
    'constructor',
  ])('should not make up an ending for %j', (mediaType) => {
    expect(documentName(mediaType)).toBe('document');
  });
});
