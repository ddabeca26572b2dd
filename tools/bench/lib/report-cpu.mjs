// Loaded before a program that `startChild` starts: tells how much CPU time it has used whenever it is asked.
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.(user + system);
});
// Being asked must not keep the program alive.
process.channel?.unref();
// Whoever started the program is gone.
process.on('disconnect', () => process.exit());
