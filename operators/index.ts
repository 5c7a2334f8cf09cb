export { accumulate } from './accumulate.ts';
export { audioBuffer, type AudioBufferOptions, type AudioFrame } from './media/audio-buffer.ts';
export type { AudioFormat } from './media/audio-format.ts';
export { toWav } from './media/to-wav.ts';
export { wavFile, wavHeader, type WavHeaderOptions } from './media/wav.ts';
export { continueOnLength, type ContinueOnLengthOptions } from './steps/continue-on-length.ts';
export { runTools, type RunToolsOptions } from './steps/run-tools.ts';
export type { AnyValidTool, Approval, ToolPolicy } from './steps/tool-output.ts';
export { takeUntilContains, type TakeUntilContainsOptions } from './stop/take-until-contains.ts';
export { elements, type Element, type ElementsOptions } from './structured/elements.ts';
export {
  structured,
  type Structured,
  type StructuredPartial,
  type StructuredValue,
} from './structured/structured.ts';
export { toCallResponse } from './to-call-response.ts';
