import { describe, expect, it } from '@jest/globals';
import type {
  Message,
  ToolChoice as ConverseToolChoice,
  ToolConfiguration,
} from '@aws-sdk/client-bedrock-runtime';
import { StreamError, tool, type ToolChoice, type ToolDefinition } from 'rx-llm';
import { encodeTools } from '../../../providers/bedrock/encode-tools.ts';

const parameters = { type: 'object', properties: { a: { type: 'number' } } };
const closed = { ...parameters, additionalProperties: false };
const add = tool({ name: 'add', description: 'Adds', parameters });
const now = tool({ name: 'now', description: ' ', parameters });
const specOf = (name: string) => ({ toolSpec: { name, inputSchema: { json: parameters } } });
const addSpec = { toolSpec: { ...specOf('add').toolSpec, description: 'Adds' } };

const hello: Message = { role: 'user', content: [{ text: 'Hello' }] };
const called: Message = {
  role: 'assistant',
  content: [{ text: 'So' }, { toolUse: { toolUseId: 't1', name: 'add', input: {} } }],
};
const answered: Message = {
  role: 'user',
  content: [{ toolResult: { toolUseId: 't1', content: [{ text: 'ok' }] } }],
};

const encode = ({
  tools = [add],
  toolConfig,
  toolChoice,
  conversation = [hello],
}: {
  readonly tools?: readonly ToolDefinition[];
  readonly toolConfig?: ToolConfiguration;
  readonly toolChoice?: ToolChoice | undefined;
  readonly conversation?: readonly Message[];
} = {}) =>
  encodeTools(
    'bedrock',
    { tools, params: { toolConfig }, commonParams: { toolChoice } },
    conversation,
  );

describe('encodeTools', () => {
  it('should describe tools; an empty description is refused', () => {
    expect(encode({ tools: [add, now] })).toStrictEqual({
      toolConfig: { tools: [addSpec, specOf('now')] },
    });
  });

  it('should mark the end of what is worth caching behind a tool', () => {
    const last = tool({ name: 'now', parameters, cacheControl: true });
    expect(encode({ tools: [add, last] }).toolConfig?.tools).toStrictEqual([
      addSpec,
      specOf('now'),
      { cachePoint: { type: 'default' } },
    ]);
    expect(encode({ tools: [last], toolChoice: { name: 'now' } }).toolConfig?.toolChoice).toEqual({
      any: {},
    });
  });

  it('should offer nothing where there is nothing', () => {
    expect(encode({ tools: [] })).toStrictEqual({});
  });

  it('should keep the caller’s own tools and choice', () => {
    const own = { systemTool: { name: 'nova_grounding' } };
    const toolConfig = { tools: [own], toolChoice: { any: {} } };
    expect(encode({ toolConfig, toolChoice: 'none' })).toEqual({
      toolConfig: { tools: [own, addSpec], toolChoice: { any: {} } },
    });
  });

  it('should close the schema of a strict tool, and of no other', () => {
    const schemas = [true, false, undefined].map((strict) => {
      const definition = tool({
        name: 'add',
        parameters,
        ...(strict !== undefined && { strict }),
      });
      const [encoded] = encode({ tools: [definition] }).toolConfig!.tools!;
      return [encoded!.toolSpec?.strict, encoded!.toolSpec?.inputSchema?.json];
    });
    expect(schemas).toEqual([
      [true, closed],
      [false, parameters],
      [undefined, parameters],
    ]);
  });

  it('should tell what a strict tool is not held to, and leave it to other tools', () => {
    const whole = { type: 'object', properties: { a: { type: 'integer', minimum: 1 } } };
    const schemas = [true, false].map((strict) => {
      const definition = tool({ name: 'add', parameters: whole, strict });
      const [encoded] = encode({ tools: [definition] }).toolConfig!.tools!;
      return encoded!.toolSpec?.inputSchema?.json;
    });
    const description = 'Must also fit this JSON Schema: {"minimum":1}';
    expect(schemas).toEqual([
      {
        type: 'object',
        properties: { a: { type: 'integer', description } },
        additionalProperties: false,
      },
      whole,
    ]);
  });

  describe('chooses among them: it', () => {
    it.each<[ToolChoice | undefined, ConverseToolChoice | undefined]>([
      [undefined, undefined],
      // The service's default.
      ['auto', undefined],
      ['required', { any: {} }],
      [{ name: 'add' }, { tool: { name: 'add' } }],
    ])('should encode %j as %j', (toolChoice, choice) => {
      expect(encode({ tools: [add, now], toolChoice })).toStrictEqual({
        toolConfig: {
          tools: [addSpec, specOf('now')],
          ...(choice && { toolChoice: choice }),
        },
      });
    });

    it('should say any for the only tool there is, for more models know that', () => {
      expect(encode({ toolChoice: { name: 'add' } }).toolConfig?.toolChoice).toEqual({ any: {} });
      const toolConfig = { tools: [{ systemTool: { name: 'nova_grounding' } }] };
      expect(encode({ toolConfig, toolChoice: { name: 'add' } }).toolConfig?.toolChoice).toEqual({
        tool: { name: 'add' },
      });
    });

    it.each<[ToolChoice, ConverseToolChoice]>([
      ['required', { any: {} }],
      [{ name: 'add' }, { tool: { name: 'add' } }],
    ])('should leave it to the service to refuse %j without tools', (toolChoice, choice) => {
      expect(encode({ tools: [], toolChoice })).toStrictEqual({
        toolConfig: { tools: [], toolChoice: choice },
      });
    });

    it('should leave it to the service to refuse a tool that is not there', () => {
      expect(encode({ toolChoice: { name: 'sub' } }).toolConfig?.toolChoice).toEqual({
        tool: { name: 'sub' },
      });
    });
  });

  describe('offers none where none may be called: it', () => {
    it('should offer none', () => {
      expect(encode({ toolChoice: 'none' })).toStrictEqual({});
      expect(encode({ tools: [], toolChoice: 'none', conversation: [called] })).toStrictEqual({});
    });

    it('should not offer the caller’s own either', () => {
      const toolConfig = { tools: [{ systemTool: { name: 'nova_grounding' } }] };
      const request = { toolConfig, ...encode({ toolConfig, toolChoice: 'none' }) };
      expect(request).toStrictEqual({ toolConfig: undefined });
    });

    it.each([
      ['calls', [hello, called]],
      ['results', [answered]],
    ])('should refuse it in a conversation that holds %s', (_name, conversation) => {
      const refused = () => encode({ toolChoice: 'none', conversation });
      expect(refused).toThrow(StreamError);
      expect(refused).toThrow(
        "[bedrock] This API does not take toolChoice 'none' after tool calls; " +
          "say 'auto', or leave the tool calls and their results out.",
      );
    });
  });
});
