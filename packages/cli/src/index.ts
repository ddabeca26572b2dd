// Running
export { runCli } from './run-cli.js';
export { exitCodes } from './exit-code.js';
export type { ExitCode } from './exit-code.js';
export { processTerminal } from './terminal.js';
export type { OutputStream, Terminal } from './terminal.js';

// Errors
export { cliErrorCodes } from './errors/error-codes.js';
export type { CliErrorCode } from './errors/error-codes.js';
