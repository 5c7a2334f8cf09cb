import { describe } from '@jest/globals';
import type { Wire } from 'rx-llm';
import { describeClosingTime } from './conformance/closing-time.ts';
import { describeCold } from './conformance/cold.ts';
import { describeComposition } from './conformance/composition.ts';
import { describeEnd } from './conformance/end.ts';
import { describeFailures } from './conformance/failures.ts';
import type { ProviderFixture } from './conformance/fixture.ts';
import { describeNumbers } from './conformance/numbers.ts';
import { describeObjects } from './conformance/objects.ts';
import { describeOrder } from './conformance/order.ts';
import { describeOptions } from './conformance/options.ts';
import { describePartialTools } from './conformance/partial-tools.ts';
import { describeShapes } from './conformance/shapes.ts';
import { describeSteps } from './conformance/steps.ts';
import { describeStop } from './conformance/stop.ts';
import { describeTools } from './conformance/tools.ts';
import { describeUnsubscribe } from './conformance/unsubscribe.ts';

/**
 * The conformance suite: what every provider promises, held against its real SDK over real HTTP on
 * loopback. A provider tells how its server writes; everything else is the same for all.
 */
export function describeProvider<W extends Wire>(fixture: ProviderFixture<W>): void {
  describe(`${fixture.name} conforms: it`, () => {
    describeCold(fixture);
    describeOrder(fixture);
    describeEnd(fixture);
    describeUnsubscribe(fixture);
    describeClosingTime(fixture);
    describeStop(fixture);
    describeNumbers(fixture);
    describeTools(fixture);
    describePartialTools(fixture);
    describeShapes(fixture);
    describeSteps(fixture);
    describeOptions(fixture);
    describeComposition(fixture);
    describeObjects(fixture);
    describeFailures(fixture);
  });
}
