import type { CallAnswer, DecisionLine, DemoCallReport } from './demo-report.js';

/** A call that the demo makes, and what the guard has to do about it. */
export interface DemoCall extends Pick<DemoCallReport, 'title' | 'tool' | 'args' | 'expected'> {
  /** What the client must not get to see through the guard. */
  readonly secret: string;
}

/** Variable that the demo gives to the server; its tool `get-env` then leaks it. */
export const leakedVariable = { name: 'CUSTOMER_EMAIL', value: 'ann.smith@example.com' } as const;

/** The calls, in order. */
export const demoCalls: readonly DemoCall[] = [
  {
    title: 'Personal data on its way to a tool is masked',
    tool: 'echo',
    args: { message: "Ann's SSN is 123-45-6789" },
    expected: 'masked',
    secret: '123-45-6789',
  },
  {
    title: 'Personal data in what a tool answers is masked',
    tool: 'get-env',
    args: {},
    expected: 'masked',
    secret: leakedVariable.value,
  },
  {
    title: 'A denied word never reaches the tool',
    tool: 'echo',
    args: { message: 'When does Project Nightfall start?' },
    expected: 'blocked',
    secret: 'Project Nightfall',
  },
];

/** Whether the guard did to a call what it had to do: seen in the answer and in the decisions. */
export function isGuarded(
  call: DemoCall,
  before: CallAnswer,
  after: CallAnswer,
  decisions: readonly DecisionLine[],
): boolean {
  if (before.isError || !before.holds(call.secret) || after.holds(call.secret)) return false;
  const verdict = call.expected === 'masked' ? 'modify' : 'block';
  const isDecided = decisions.some((decision) => decision.verdict === verdict);
  const isAnswered =
    call.expected === 'masked' ? !after.isError : after.isError && after.violation !== undefined;
  return isDecided && isAnswered;
}
