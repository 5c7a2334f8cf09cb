export { accumulate } from './accumulate.ts';
export type { CostOptions } from './cost/call-cost.ts';
export type { CostReading } from './cost/cost-ledger.ts';
export { costMeter, type CostMeter, type MeasureOptions } from './cost/cost-meter.ts';
export { takeUntilCost, type TakeUntilCostOptions } from './cost/take-until-cost.ts';
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
export { lines, type LinesOptions } from './views/lines.ts';
export { parts } from './views/parts.ts';
export { sentences } from './views/sentences.ts';
export type { StreamedPart, StreamedText, StreamedTool } from './views/streamed-part.ts';
export { taggedText, type TaggedText } from './views/tagged-text.ts';
export { textDeltas } from './views/text-deltas.ts';
export type { TextUnitOptions } from './views/text-segmenter.ts';
export { thinkingDeltas } from './views/thinking-deltas.ts';
export { tools } from './views/tools.ts';
export { validTools } from './views/valid-tools.ts';
export { words } from './views/words.ts';
