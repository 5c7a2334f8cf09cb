export { accumulate } from './accumulate.ts';
export { toCallResponse } from './to-call-response.ts';
export { takeUntilContains, type TakeUntilContainsOptions } from './stop/take-until-contains.ts';
