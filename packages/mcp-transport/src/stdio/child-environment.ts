/**
 * Variables of our own environment that a child process gets when it does not inherit all of them.
 * @see the SDK's `DEFAULT_INHERITED_ENV_VARS`, made after the defaults of sudo
 */
export const inheritedVariables: readonly string[] =
  process.platform === 'win32'
    ? [
        'APPDATA',
        'HOMEDRIVE',
        'HOMEPATH',
        'LOCALAPPDATA',
        'PATH',
        'PROCESSOR_ARCHITECTURE',
        'PROGRAMFILES',
        'SYSTEMDRIVE',
        'SYSTEMROOT',
        'TEMP',
        'USERNAME',
        'USERPROFILE',
      ]
    : ['HOME', 'LOGNAME', 'PATH', 'SHELL', 'TERM', 'USER'];

/** Which of our own variables a child gets: the few of `inheritedVariables`, or all. */
export type InheritedEnvironment = 'safe' | 'all';

/** The environment of a child process: what it inherits, then what it was given. */
export function createChildEnvironment(
  inherit: InheritedEnvironment,
  given: Readonly<Record<string, string>> = {},
  own: Readonly<Record<string, string | undefined>> = process.env,
): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const name of inherit === 'all' ? Object.keys(own) : inheritedVariables) {
    const value = own[name];
    if (value !== undefined && (inherit === 'all' || !isShellFunction(value))) environment[name] = value;
  }
  return { ...environment, ...given };
}

/** Functions that bash exports as variables. */
function isShellFunction(value: string): boolean {
  return value.startsWith('()');
}
