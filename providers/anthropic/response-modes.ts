import type { ResponseMode } from '../../lib/index.ts';

/**
 * Models from before structured outputs, which came with Claude 4.5 (the beta had Opus 4.1 as well). They
 * take a forced choice of tool, unless they are told to think.
 *
 * @see https://platform.claude.com/docs/en/build-with-claude/structured-outputs
 */
const older =
  /claude-(?:instant|[23](?![0-9])|(?:opus|sonnet)-4(?:-[01])?(?:[@-](?:[0-9]{8}|latest))?$)/;

/**
 * How a model can be brought to answer in the shape of a schema. A name that is not known is taken for
 * that of a current Claude.
 *
 * Current models do have mode `tool`, but Opus 5.5, Sonnet 5.5 and Fable and Mythos from 5.1 on refuse to be
 * forced to call a tool: there the choice must be said to be `auto`.
 *
 * @see https://platform.claude.com/docs/en/models/opus-5-5/whats-new-opus-5-5#forced-tool-use-is-not-supported
 */
export const responseModes = ({ model }: { readonly model: string }): readonly ResponseMode[] =>
  older.test(model) ? ['tool'] : ['native', 'tool'];
