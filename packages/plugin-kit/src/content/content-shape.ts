import type { ContentRole } from './content-place.js';

/**
 * How a part of a message is walked: a role for a string, `constant` for a protocol word that is not content,
 * `binary` for base64, `data` for anything at all, a list, an object with named fields, or a choice by value.
 */
export type ContentShape =
  | ContentRole
  | 'constant'
  | 'binary'
  | 'data'
  | { readonly list: ContentShape }
  | ObjectShape
  | ContentShapeChoice;

/** Chooses a shape by what the object holds. */
export type ContentShapeChoice = (value: Readonly<Record<string, unknown>>) => ContentShape;

/** Fields that are not named are walked as `data`: no string of an unknown field is passed over. */
export interface ObjectShape {
  readonly fields: Readonly<Record<string, ContentShape>>;
}

const roles = new Set(['user', 'assistant', 'system']);

/** A role of the protocol is no content; any other word in its place is. */
function speakerShape(value: Readonly<Record<string, unknown>>): ContentShape {
  return typeof value['role'] === 'string' && roles.has(value['role']) ? 'constant' : 'value';
}

const resourceContents: ObjectShape = {
  fields: { uri: 'uri', mimeType: 'mediaType', text: 'text', blob: 'binary' },
};

const media: ObjectShape = { fields: { type: 'constant', mimeType: 'mediaType', data: 'binary' } };

/** Content blocks by `type`, MCP revision 2025-11-25. A block of another kind is walked as data. */
const blocksByType: Readonly<Record<string, ObjectShape>> = {
  text: { fields: { type: 'constant', text: 'text' } },
  image: media,
  audio: media,
  resource: { fields: { type: 'constant', resource: resourceContents } },
  resource_link: {
    fields: {
      type: 'constant',
      uri: 'uri',
      name: 'label',
      title: 'label',
      description: 'label',
      mimeType: 'mediaType',
    },
  },
  tool_use: { fields: { type: 'constant', name: 'label' } },
  tool_result: { fields: { type: 'constant', content: { list: (value) => blockShape(value) } } },
};

/** The shape of one content block. */
function blockShape(value: Readonly<Record<string, unknown>>): ContentShape {
  const { type } = value;
  if (typeof type === 'string' && Object.hasOwn(blocksByType, type)) return blocksByType[type] ?? 'data';
  return Object.hasOwn(value, 'uri') && (Object.hasOwn(value, 'text') || Object.hasOwn(value, 'blob'))
    ? resourceContents
    : 'data';
}

/** One block or a list of them: prompt and sampling messages have either. */
function blocksShape(value: Readonly<Record<string, unknown>>): ContentShape {
  return Array.isArray(value) ? { list: blockShape } : blockShape(value);
}

function messageShape(value: Readonly<Record<string, unknown>>): ContentShape {
  return { fields: { role: speakerShape(value), content: blocksShape } };
}

/** `CallToolResult`, `GetPromptResult`, `ReadResourceResult` and a single block, told apart by their fields. */
export const resultShape: ObjectShape = {
  fields: {
    content: blocksShape,
    messages: { list: messageShape },
    description: 'label',
    contents: { list: blockShape },
  },
};

/** What a resource hook carries: `{ contents: [...] }`, or one block as the specification's examples have it. */
export function resourceResultShape(value: Readonly<Record<string, unknown>>): ContentShape {
  if (Array.isArray(value)) return { list: blockShape };
  if (Object.hasOwn(value, 'contents')) return resultShape;
  if (typeof value['type'] === 'string') return blockShape(value);
  return Object.hasOwn(value, 'text') || Object.hasOwn(value, 'blob') ? resourceContents : 'data';
}

/** Parameters of `sampling/createMessage`, and messages to an agent. */
export const messagesShape: ObjectShape = {
  fields: { messages: { list: messageShape }, systemPrompt: 'text' },
};

/** `CreateMessageResult`: one message. */
export const completionShape: ContentShapeChoice = (value) => ({
  fields: { role: speakerShape(value), content: blocksShape, model: 'label', stopReason: 'constant' },
});

/** Parameters of `elicitation/create`. */
export const questionShape: ObjectShape = { fields: { message: 'text' } };

/** A JSON-RPC error: `message` is text, `data` anything. */
export const errorShape: ObjectShape = { fields: { message: 'text' } };

/** Parameters of `completion/complete`: what is completed is named by the protocol, what is typed so far is content. */
export const completionRequestShape: ObjectShape = {
  fields: {
    ref: { fields: { type: 'constant', name: 'constant', uri: 'constant' } },
    argument: { fields: { name: 'constant', value: 'value' } },
  },
};

/** Parameters of `notifications/message` and `notifications/progress`: a token or a level that is changed is none any more. */
export const noticeShape: ObjectShape = {
  fields: {
    progressToken: 'constant',
    progress: 'constant',
    total: 'constant',
    message: 'text',
    level: 'constant',
    logger: 'label',
  },
};
