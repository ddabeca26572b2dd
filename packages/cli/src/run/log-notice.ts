import type { Diagnostic } from '@mcpplugins/config-loader';
import type { Logger } from '@mcpplugins/framework-core';

/** Logs something that a configuration has and that does not keep it from being used. */
export function logNotice(notice: Diagnostic, logger: Logger): void {
  const level = notice.severity === 'warning' ? 'warn' : 'info';
  logger[level](`${notice.file}:${notice.line}:${notice.column} ${notice.message}`, { code: notice.code });
}
