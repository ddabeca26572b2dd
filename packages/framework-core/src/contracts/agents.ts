import { z } from 'zod';
import { defineHook } from './define-hook.js';
import { headersSchema, noHostYet, shapeOf } from './mcp-common.js';

const messages = z.array(z.unknown());

/** Before an agent is called. */
export const agentPreInvoke = defineHook({
  name: 'agent_pre_invoke',
  phase: 'pre',
  pair: 'agent_post_invoke',
  payload: z.object({
    agentId: z.string(),
    messages,
    tools: z.array(z.string()).nullish(),
    headers: headersSchema.nullish(),
    model: z.string().nullish(),
    systemPrompt: z.string().nullish(),
    parameters: z.record(z.string(), z.unknown()).nullish(),
  }),
  target: (payload) => ({ agents: payload.agentId }),
  writable: ['messages', 'tools', 'headers', 'model', 'systemPrompt', 'parameters'],
  description: `Before an agent-to-agent call. ${shapeOf('AgentPreInvoke')} ${noHostYet}`,
});

/** After an agent was called. */
export const agentPostInvoke = defineHook({
  name: 'agent_post_invoke',
  phase: 'post',
  pair: 'agent_pre_invoke',
  payload: z.object({
    agentId: z.string(),
    messages,
    toolCalls: z.array(z.record(z.string(), z.unknown())).nullish(),
  }),
  target: (payload) => ({ agents: payload.agentId }),
  writable: ['messages', 'toolCalls'],
  description: `After an agent-to-agent call. ${shapeOf('AgentPostInvoke')} ${noHostYet}`,
});
