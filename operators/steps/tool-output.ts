import {
  catchError,
  defaultIfEmpty,
  defer,
  map,
  of,
  switchMap,
  take,
  takeLast,
  throwError,
  type MonoTypeOperatorFunction,
  type Observable,
} from 'rxjs';
import {
  StreamError,
  type Eventual,
  type InvalidTool,
  type Tool,
  type ToolDefinition,
  type ValidTool,
  type Wire,
} from '../../lib/index.ts';
import { observableOf } from '../../lib/observable-of.ts';
import { outputText } from '../../lib/output-text.ts';

/** Whether a call may run: yes, no, or no with a reason that the model is told. */
export type Approval = boolean | { readonly reason: string };

/** What becomes of the calls of a turn. */
export interface ToolPolicy<W extends Wire = Wire> {
  /** Decides before each call whether it may run; of an Observable the first value counts. Default: all may. */
  approve?(tool: AnyValidTool<W>): Eventual<Approval>;
  /**
   * What becomes of a call of a tool that was not declared: `report` it to the model, `error` the stream, or a
   * function that answers it. Default `report`.
   */
  readonly onUnknown?: 'report' | 'error' | ((tool: InvalidTool<W>) => Eventual<unknown>);
  /** What becomes of a call whose arguments are no JSON or fail the schema. Default `report`. */
  readonly onInvalid?: 'report' | 'error';
  /** What becomes of a tool that throws, rejects or errors. Default `report`. */
  readonly onFailure?: 'report' | 'error';
}

/** A call that may run, of any tool. */
export type AnyValidTool<W extends Wire> = ValidTool<W, string, unknown, unknown>;

/**
 * Runs a call: a cold Observable of the one output that the model is told, an `Error` for a failure.
 *
 * Emits once and completes; of a tool that gives an Observable the last value counts. Errors where the
 * policy says so, and when a function of the policy fails. Unsubscribing aborts the tool, or leaves the
 * decision about it.
 */
export function toolOutput<W extends Wire>(
  provider: string,
  tool: Tool<ToolDefinition, W>,
  { approve, onUnknown = 'report', onInvalid = 'report', onFailure = 'report' }: ToolPolicy<W>,
): Observable<unknown> {
  if (tool.error !== null) {
    const { error } = tool;
    const policy = error.code === 'unknown-tool' ? onUnknown : onInvalid;
    if (policy === 'error') return throwError(() => error);
    if (policy === 'report') return of(error);
    return lastOf(defer(() => observableOf(policy(tool)))).pipe(orFail(provider, tool.name));
  }
  const run = lastOf(tool.call()).pipe(
    map(sendable),
    onFailure === 'error'
      ? orFail(provider, tool.name)
      : catchError((error: unknown) =>
          of(error instanceof Error ? error : new Error(String(error))),
        ),
  );
  if (approve === undefined) return run;
  return defer(() => observableOf(approve(tool))).pipe(
    take(1),
    defaultIfEmpty<Approval, Approval>(false),
    orFail(provider, tool.name),
    switchMap((approval) => (approval === true ? run : of(denial(approval)))),
  );
}

/** Whatever fails is a failure of the call, with the reason as its cause: also when that is of another stream. */
const orFail = <T>(provider: string, name: string): MonoTypeOperatorFunction<T> =>
  catchError((cause: unknown) => throwError(() => failureOf(provider, name, cause)));

const failureOf = (provider: string, name: string, cause: unknown): StreamError =>
  new StreamError(
    provider,
    { code: 'tool-execution', message: `Tool "${name}" failed; see the cause` },
    { cause },
  );

/** A tool that gives nothing has given an empty text. */
const lastOf = (values: Observable<unknown>): Observable<unknown> =>
  values.pipe(takeLast(1), defaultIfEmpty<unknown, unknown>(''));

/** What cannot be told to a model is a failure of the tool. */
function sendable(output: unknown): unknown {
  outputText(output);
  return output;
}

const denial = (approval: Exclude<Approval, true>): Error =>
  new Error(
    approval === false
      ? 'The call was not approved'
      : `The call was not approved: ${approval.reason}`,
  );
