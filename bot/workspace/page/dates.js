/** Times as people read them. */

// The demo's people are in England: times must agree with the clock above them wherever the page is looked at.
const DEMO_ZONE = "Europe/London";

let zone;
const formats = new Map();

export function setZone(demo) {
  zone = demo ? DEMO_ZONE : undefined;
}

function format(options) {
  const key = `${zone} ${JSON.stringify(options)}`;
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...options }));
  return formats.get(key);
}

export const moment = (ts) => new Date(Number.parseFloat(ts) * 1000);
export const time = (ts) => format({ hour: "2-digit", minute: "2-digit" }).format(moment(ts));
export const full = (ts) =>
  format({ weekday: "long", day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit" }).format(moment(ts));
export const dayKey = (date) => format({ year: "numeric", month: "2-digit", day: "2-digit" }).format(date);
export const short = (ts) => format({ day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" }).format(moment(ts));

/** "Today", "Yesterday" or the whole date, against the workspace's own now. */
export function dayName(ts, now) {
  const key = dayKey(moment(ts));
  if (key === dayKey(now)) return "Today";
  if (key === dayKey(new Date(now.getTime() - 86400000))) return "Yesterday";
  return format({ weekday: "long", day: "numeric", month: "long", year: "numeric" }).format(moment(ts));
}

/** Slack's date format strings: {date_short}, {time} … */
export function slackDate(seconds, pattern) {
  const date = new Date(Number(seconds) * 1000);
  const as = (options) => format(options).format(date);
  const known = {
    date_num: () => as({ year: "numeric", month: "2-digit", day: "2-digit" }).split("/").reverse().join("-"),
    date: () => as({ day: "numeric", month: "long", year: "numeric" }),
    date_short: () => as({ day: "numeric", month: "short", year: "numeric" }),
    date_long: () => as({ weekday: "long", day: "numeric", month: "long", year: "numeric" }),
    time: () => as({ hour: "2-digit", minute: "2-digit" }),
    time_secs: () => as({ hour: "2-digit", minute: "2-digit", second: "2-digit" }),
  };
  return pattern.replace(/\{(\w+?)(_pretty)?\}/g, (whole, name) => known[name]?.() ?? whole);
}
