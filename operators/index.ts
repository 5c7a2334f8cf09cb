export { accumulate } from './accumulate.ts';
export { audioBuffer, type AudioBufferOptions, type AudioFrame } from './media/audio-buffer.ts';
export type { AudioFormat } from './media/audio-format.ts';
export { toWav } from './media/to-wav.ts';
export { wavFile, wavHeader, type WavHeaderOptions } from './media/wav.ts';
export { takeUntilContains, type TakeUntilContainsOptions } from './stop/take-until-contains.ts';
export { toCallResponse } from './to-call-response.ts';
