import {
  completionRequestShape,
  completionShape,
  type ContentShape,
  errorShape,
  messagesShape,
  noticeShape,
  questionShape,
  resourceResultShape,
  resultShape,
} from './content-shape.js';

/**
 * Fields of each hook's payload that hold content. A hook that is missing here is a custom one: all of its fields
 * are walked as data.
 */
export const payloadShapes: Readonly<Record<string, Readonly<Record<string, ContentShape>>>> = {
  prompt_pre_fetch: { name: 'target', args: 'data' },
  prompt_post_fetch: { name: 'target', result: resultShape, error: errorShape },
  tool_pre_invoke: { name: 'target', args: 'data', headers: 'header' },
  tool_post_invoke: { name: 'target', result: resultShape, error: errorShape },
  resource_pre_fetch: { uri: 'target', metadata: 'data' },
  resource_post_fetch: { uri: 'target', content: resourceResultShape, error: errorShape },
  sampling_pre_create: { params: messagesShape },
  sampling_post_complete: { result: completionShape, error: errorShape },
  elicitation_pre_create: { params: questionShape },
  elicitation_post_response: { result: 'data', error: errorShape },
  completion_pre_complete: { params: completionRequestShape },
  completion_post_complete: { result: 'data', error: errorShape },
  notification_pre_send: { params: noticeShape },
  agent_pre_invoke: {
    agentId: 'target',
    ...messagesShape.fields,
    tools: 'data',
    headers: 'header',
    model: 'label',
    parameters: 'data',
  },
  agent_post_invoke: {
    agentId: 'target',
    messages: messagesShape.fields['messages'] ?? 'data',
    toolCalls: 'data',
  },
};
