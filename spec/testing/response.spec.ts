import { describe, expect, it } from '@jest/globals';
import { take } from 'rxjs';
import { z } from 'zod';
import { tool } from 'rx-llm';
import { takeUntilContains, toCallResponse } from 'rx-llm/operators';
import {
  finish,
  scriptedProvider,
  stall,
  thinking,
  toolCall,
  toolCallPieces,
  usage,
} from 'rx-llm/testing';
import { inVirtualTime } from '../support/virtual-time.ts';

const weather = tool({ name: 'get_weather', parameters: z.object({ city: z.string() }) });

describe('the response of a scripted provider', () => {
  it('should give a response in the terms of its own wire', () => {
    inVirtualTime(({ flush }) => {
      const llm = scriptedProvider([
        { id: 'response_1', model: 'model-2026' },
        thinking('Hm.'),
        'Let me see.',
        ...toolCallPieces({ name: 'get_weather', args: { city: 'Oslo' } }),
        toolCall({ name: 'get_weather', argumentsText: 'Oslo' }),
        usage({ inputTokens: 9 }),
        finish('tool_calls'),
        usage({ outputTokens: 3 }),
      ]);
      const ask = llm.call({ model: 'any-model', tools: [weather] }, () => 'Weather?');
      const oslo = {
        type: 'tool_call',
        id: 'call_0_0',
        name: 'get_weather',
        args: { city: 'Oslo' },
      };
      const broken = { type: 'tool_call', id: 'call_0_1', name: 'get_weather', args: 'Oslo' };
      let seen = 0;
      ask()
        .pipe(toCallResponse())
        .subscribe((response) => {
          seen++;
          expect(response.response).toEqual({
            id: 'response_1',
            model: 'model-2026',
            content: 'Let me see.',
            thinking: 'Hm.',
            refusal: null,
            toolCalls: [oslo, broken],
            finishReason: 'tool_calls',
            usage: { inputTokens: 9, outputTokens: 3 },
          });
          expect(response.messageParam).toEqual({
            role: 'assistant',
            content: [
              { type: 'thinking', text: 'Hm.' },
              { type: 'text', text: 'Let me see.' },
              oslo,
              broken,
            ],
          });
          expect(response.messageParam).toEqual(response.commonMessageParam);
          expect(response.tools[0]?.toolCall).toEqual(oslo);
          expect(
            response.toolMessageParams(response.tools.map((called) => [called, 'Sunny'])),
          ).toEqual([
            {
              role: 'tool',
              content: [
                { type: 'tool_result', id: 'call_0_0', name: 'get_weather', output: 'Sunny' },
                {
                  type: 'tool_result',
                  id: 'call_0_1',
                  name: 'get_weather',
                  output: 'Sunny',
                  isError: true,
                },
              ],
            },
          ]);
        });
      flush();
      expect(seen).toBe(1);
    });
  });

  it('should leave a call that was cut off out of the next turn', () => {
    inVirtualTime(({ flush }) => {
      const [first] = toolCallPieces({ name: 'get_weather', args: { city: 'Oslo' } });
      const llm = scriptedProvider(['Let me see.', first!, stall()]);
      const messages: unknown[] = [];
      llm
        .call({ model: 'any-model', tools: [weather] }, () => 'Weather?')()
        .pipe(take(2), toCallResponse())
        .subscribe(({ messageParam }) => messages.push(messageParam));
      flush();
      expect(messages).toEqual([
        { role: 'assistant', content: [{ type: 'text', text: 'Let me see.' }] },
      ]);
    });
  });

  it('should have nothing that did not arrive', () => {
    inVirtualTime(({ flush }) => {
      const responses: unknown[] = [];
      scriptedProvider('')
        .call('any-model', () => 'Hi')()
        .pipe(toCallResponse())
        .subscribe(({ response, messageParam }) => responses.push(response, messageParam));
      flush();
      expect(responses).toEqual([
        {
          id: null,
          model: null,
          content: '',
          thinking: '',
          refusal: null,
          toolCalls: [],
          finishReason: 'stop',
          usage: null,
        },
        { role: 'assistant', content: [] },
      ]);
    });
  });

  it('should keep the text in step with what operators left of it', () => {
    inVirtualTime(({ flush }) => {
      const messages: unknown[] = [];
      scriptedProvider('one two three')
        .call('any-model', () => 'Hi')()
        .pipe(takeUntilContains(' two', { include: false }), toCallResponse())
        .subscribe(({ messageParam }) => messages.push(messageParam));
      flush();
      expect(messages).toEqual([{ role: 'assistant', content: [{ type: 'text', text: 'one' }] }]);
    });
  });
});
