import { behindHttp, behindStatelessHttp, behindStdio, behindUnixSocket } from './external.mjs';
import { inProcess } from './in-process.mjs';

/** Every place where plugins may run. @type {readonly import('../run-case.mjs').Subject[]} */
export const subjects = [inProcess, behindStdio, behindHttp, behindStatelessHttp, behindUnixSocket];
