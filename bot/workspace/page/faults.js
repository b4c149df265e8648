/** For the curious: make the workspace fail, and see what the app does. */

import { icon } from "./icons.js";
import { menuButton } from "./menu.js";

const FAULTS = [
  ["slow", "Answer the app slowly", "Every call of the app takes seconds"],
  ["429", "Too many requests", "The app is told to wait"],
  ["500", "Server error", "The app’s calls fail"],
  ["drop before", "Drop the connection before the work", "Nothing is done, and the app is not told"],
  ["drop after", "Drop the connection after the work", "It is done, and the app is not told"],
  ["time-out", "Time out", "The app waits in vain"],
  ["disconnect", "Disconnect the app’s socket", "It has to come back by itself"],
  [null, "Everything works", "Stop breaking things"],
];

export function faultMenu(app) {
  const items = () => FAULTS.map(([fault, label, description]) => ({ label, description, run: () => app.ask("break", { fault }) }));
  return menuButton({ class: "round top-tool", "aria-label": "Break something", title: "Break something" }, icon("fault"), items);
}
