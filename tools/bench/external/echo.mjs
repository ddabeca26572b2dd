// The limit of standard streams: what comes in goes out.
process.stdin.on('data', (chunk) => process.stdout.write(chunk));
