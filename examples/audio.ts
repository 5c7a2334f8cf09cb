/** Audio arrives in pieces that may cut a sample in two; frames are whole samples of a length you choose. */
import { share, tap } from 'rxjs';
import { audioBuffer, toWav } from 'rx-llm/operators';
import { scriptedProvider } from 'rx-llm/testing';

// Half a second of a 440 Hz tone as 16-bit PCM at 24 kHz, in pieces of 999 bytes: what a model would send.
const samples = Int16Array.from({ length: 12_000 }, (_, index) =>
  Math.round(8000 * Math.sin((2 * Math.PI * 440 * index) / 24_000)),
);
const bytes = new Uint8Array(samples.buffer);
const pieces = Array.from({ length: Math.ceil(bytes.length / 999) }, (_, index) => ({
  audio: bytes.subarray(index * 999, (index + 1) * 999),
  ...(index === 0 && { audioTranscript: 'Mmmm' }),
}));

const speak = scriptedProvider(pieces).call('speaking-model', () => 'Hum an A');
const speech = speak().pipe(share());

speech
  .pipe(audioBuffer({ ms: 100 }))
  .subscribe(({ start, duration, data, transcript }) =>
    console.log(
      `${start} ms: ${data.length} bytes, ${duration} ms ${transcript && `"${transcript}"`}`,
    ),
  );

speech
  .pipe(
    toWav(),
    tap((file) => console.log(`A WAV file of ${file.length} bytes`)),
  )
  .subscribe();

// prints: 0 ms: 4800 bytes, 100 ms "Mmmm"
// prints: 400 ms: 4800 bytes, 100 ms
// prints: A WAV file of 24044 bytes
