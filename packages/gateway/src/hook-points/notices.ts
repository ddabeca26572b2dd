import { KeyNames } from '../json/key-names.js';

/** The hook of a server's notifications that carry text. */
export const noticeHook = 'notification_pre_send';

/** Notifications of a server on which it runs. The others name things and carry no text. */
export const serverNotices: readonly string[] = ['notifications/message', 'notifications/progress'];

/** Keys of their `params` that have a meaning. */
export const noticeKeys = new KeyNames([
  'progressToken',
  'progress',
  'total',
  'message',
  'level',
  'logger',
  'data',
  '_meta',
]);
