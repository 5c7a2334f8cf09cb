/** The name of a document that has none: services read its kind off the end of its name. */
export function documentName(mediaType: string): string {
  const [, subtype = ''] = mediaType.split('/');
  const ending = endings.get(mediaType) ?? (/^[a-z]{2,5}$/.test(subtype) ? subtype : null);
  return ending === null ? 'document' : `document.${ending}`;
}

/** Endings that are not the second half of their type, as those of `application/pdf` and `text/csv` are. */
const endings: ReadonlyMap<string, string> = new Map([
  ['text/plain', 'txt'],
  ['text/markdown', 'md'],
  ['text/javascript', 'js'],
  ['application/msword', 'doc'],
  ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'docx'],
  ['application/vnd.ms-excel', 'xls'],
  ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'xlsx'],
  ['application/vnd.ms-powerpoint', 'ppt'],
  ['application/vnd.openxmlformats-officedocument.presentationml.presentation', 'pptx'],
  ['application/vnd.oasis.opendocument.text', 'odt'],
]);
