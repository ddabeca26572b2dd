import path from 'node:path';
import type { Style } from '../output/style.js';
import { formatTable } from '../output/table.js';
import { printable } from '../output/write.js';
import type { DecisionLine, DemoCallReport, DemoReport } from './demo-report.js';

/** The report of the demo as text for a person. */
export function formatDemo(report: DemoReport, style: Style, cwd: string): string {
  const config = shortestPath(report.config, cwd);
  const tools = report.hasSameTools ? 'the same through the guard' : style.red('others through the guard');
  return [
    '',
    style.bold('A real MCP server, called by a real MCP client: without and with a guard'),
    '',
    formatTable(
      [
        ['server', `${report.server}, ${report.toolCount} tools, ${tools}`],
        ['guard', `mcpplugins run -c ${config}`],
      ],
      '  ',
    ),
    ...report.calls.map((call, index) => formatCall(call, index + 1, style)),
    report.isGuarded
      ? style.green('All of it happened: masked, masked, blocked.')
      : style.red('Not everything that had to happen did.'),
    '',
    'Guard your own server: put this in front of its command, also in the configuration of a client',
    `  ${style.cyan(`mcpplugins run -c ${config} --`)} node your-server.js`,
    '',
    '',
  ].join('\n');
}

function formatCall(call: DemoCallReport, number: number, style: Style): string {
  const { violation } = call.after;
  const after = call.after.isError
    ? `${style.red('blocked')}  ${call.after.text}`
    : style.green(call.after.text);
  const rows = [
    ['call', `${call.tool} ${JSON.stringify(call.args)}`],
    ['before', style.yellow(printable(call.before.text))],
    ['after', after],
  ];
  if (violation !== undefined) rows.push(['_meta', style.dim(JSON.stringify(violation))]);
  const mark = call.isGuarded ? style.green('✓') : style.red('✗');
  return `${style.bold(`${number}  ${call.title}`)} ${mark}\n${formatTable(rows, '   ')}\n${formatDecisions(call.decisions, style)}`;
}

function formatDecisions(decisions: readonly DecisionLine[], style: Style): string {
  const rows = decisions.map((decision) => [
    decision.hook,
    decision.plugin,
    colourVerdict(decision.verdict ?? decision.status, style),
    decision.code ?? decision.changed_paths.join(' '),
    style.dim(`${decision.duration_ms.toFixed(2)} ms`),
  ]);
  return formatTable(rows, '   ');
}

function colourVerdict(verdict: string, style: Style): string {
  if (verdict === 'block') return style.red(verdict);
  return verdict === 'modify' ? style.green(verdict) : style.dim(verdict);
}

function shortestPath(file: string, cwd: string): string {
  const relative = path.relative(cwd, file);
  return relative !== '' && relative.length < file.length ? relative : file;
}
