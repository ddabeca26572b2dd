/** Every code that `plugin-kit` can put on a `FrameworkError`. `docs/errors.md` is generated from this table. */
export const pluginKitErrorCodes = {
  CONTENT_TOO_DEEP: {
    meaning: 'Content is nested deeper than the walker goes, counting JSON inside of strings.',
    action: 'Refuse such content, or raise `maxDepth` of the walk.',
  },
  CONTENT_TOO_LARGE: {
    meaning:
      'Content has more values than one walk visits, or one of its strings is longer than a plugin scans.',
    action: 'Refuse such content, or raise the limit that the message names.',
  },
  HOST_RULE_INVALID: {
    meaning: 'An entry of a list of hosts is neither a name, `*.name`, an address nor an address range.',
    action: 'Write it as the message shows.',
  },
  NET_REFUSED: {
    meaning:
      'A request was not let out: its URL, an address of its host or a redirect breaks the policy. `refusal` of the error says which.',
    action: 'Correct the URL, or open the policy for it.',
  },
  NET_RESPONSE_TOO_LARGE: {
    meaning: 'The body of an answer is larger than the limit.',
    action: 'Ask for less, or raise `maxResponseBytes`.',
  },
  NET_TIMEOUT: {
    meaning: 'A request was not done within its time.',
    action: 'Check the server, or raise `timeoutMs`.',
  },
  NET_UNREACHABLE: {
    meaning: 'No connection to a server came about, or it broke.',
    action: 'Check host, port, certificate and network; `cause` says more.',
  },
  PATTERN_INVALID: {
    meaning:
      'A regular expression in the configuration cannot be compiled, or uses look-around or back-references.',
    action: 'Correct it at the place that the message shows; RE2 syntax is what works.',
  },
  SERVICE_ANSWER_INVALID: {
    meaning: 'A service answered with something that is no JSON, is too large, or has not the expected form.',
    action: "Check the service's URL and version. `fail_mode: open` does not let this pass.",
  },
  SERVICE_REJECTED: {
    meaning: 'A service refused the request (status 4xx or a redirect), or the request was not allowed out.',
    action: 'Check URL and credentials. `fail_mode: open` does not let this pass.',
  },
  SERVICE_TIMEOUT: {
    meaning: 'A service did not answer within the deadline, all tries included.',
    action: 'Check the service, or raise the timeout.',
  },
  SERVICE_UNAVAILABLE: {
    meaning: 'A service cannot be reached, or answers that it is not able to work now.',
    action: 'Check the service.',
  },
  SERVICE_URL_INVALID: {
    meaning: 'The URL of a service is no URL, is plain http to a public host, or carries credentials.',
    action: 'Use https and headers; for a service on a private network, allow private addresses.',
  },
  STORE_VALUE_INVALID: {
    meaning: 'A value that a plugin stores is no JSON, or what it counts is no number.',
    action: 'Store plain data; keep counters and values under different keys.',
  },
} as const;

/** A code of `pluginKitErrorCodes`. */
export type PluginKitErrorCode = keyof typeof pluginKitErrorCodes;
