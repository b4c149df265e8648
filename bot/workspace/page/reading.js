/** Reading a log: its place is kept while rows come and go, and arrows go from message to message. */

/** Change a list so that what is being read stays where it is. `rowOf(ts)` finds a row that was drawn again. */
export function keepPlace(log, list, rowOf, change) {
  const top = log.getBoundingClientRect().top;
  const anchor = [...list.children].find((row) => row.getBoundingClientRect().bottom > top + 1);
  const before = anchor?.getBoundingClientRect().top;
  const ts = anchor?.querySelector(".message")?.dataset.ts;
  change();
  const now = anchor?.isConnected ? anchor : rowOf(ts);
  if (now?.isConnected) log.scrollTop += now.getBoundingClientRect().top - before;
}

/** Up, Down, Home and End, on the log or on one of its messages. */
export function walk(event, log) {
  const on = event.target.closest(".message");
  if (event.target !== log && event.target !== on) return;
  const rows = [...log.querySelectorAll(".message")];
  const at = rows.indexOf(on);
  const last = rows.length - 1;
  const goal = { ArrowUp: at < 0 ? last : at - 1, ArrowDown: at < 0 ? last : at + 1, Home: 0, End: last }[event.key];
  if (goal === undefined || !rows[goal]) return;
  event.preventDefault();
  rows[goal].focus();
}
