/** Loaded into each measured process: tells on request how much processor time it has used, in milliseconds. */
process.on("message", (message) => {
  if (message !== "usage") return;
  const { user, system } = process.cpuUsage();
  process.send?.({ usage: (user + system) / 1000 });
});
// whoever measures is gone: nobody else would end this process
process.on("disconnect", () => process.kill(process.pid, "SIGTERM"));
process.channel?.unref();
