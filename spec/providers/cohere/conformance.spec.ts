import { cohereFixture, cohereKey } from '../../support/cohere-fixture.ts';
import { describeProvider } from '../../support/describe-provider.ts';

describeProvider(
  cohereFixture((url) => ({ clientOptions: { token: cohereKey, environment: url } })),
);
