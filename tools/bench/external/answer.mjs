// A server of standard streams and nothing else: reads each line, parses it, and writes an answer of the size of ours.
import { ourMessages } from './messages.mjs';

const { result } = ourMessages({ plugin: 'pass', payload: { name: 'echo', args: {} } });
let rest = '';
process.stdin.setEncoding('utf8').on('data', (chunk) => {
  const lines = (rest + chunk).split('\n');
  rest = lines.pop() ?? '';
  let answers = '';
  for (const line of lines)
    answers += `${JSON.stringify({ jsonrpc: '2.0', id: JSON.parse(line).id, result })}\n`;
  process.stdout.write(answers);
});
