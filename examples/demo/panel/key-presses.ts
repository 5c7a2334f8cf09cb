import { Observable } from 'rxjs';

/** What the key combination sends while keys are read one by one. */
export const ctrlC = '\u0003';

/** What `script` and its like send when their own input ends: nobody has pressed a key. */
const endsOfInput: readonly string[] = ['\u0000', '\u0004'];

/** The keys pressed at a terminal, the moment they are. None where the input is no terminal. */
export function keyPresses(input: NodeJS.ReadStream): Observable<string> {
  return new Observable((subscriber) => {
    if (!input.isTTY) return;
    const receive = (bytes: Buffer): void => {
      const key = bytes.toString();
      if (!endsOfInput.includes(key)) subscriber.next(key);
    };
    input.setRawMode(true);
    input.on('data', receive);
    return () => {
      input.off('data', receive);
      input.setRawMode(false);
      input.pause();
    };
  });
}
