/** Round numbers for an axis, from nought to beyond the highest. */

export function ticks(highest, wanted = 5, lowest = 0) {
  const top = highest > 0 ? highest : 1;
  const bottom = Math.min(0, lowest);
  const rough = (top - bottom) / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step =
    [1, 2, 2.5, 5, 10]
      .map((each) => each * power)
      .find((each) => each >= rough && (Number.isInteger(each * power) || !Number.isInteger(top))) ?? power * 10;
  const marks = [];
  for (let at = Math.floor(bottom / step); at * step < top + step * 0.999; at += 1) marks.push(Number((at * step).toPrecision(12)));
  return marks;
}

export const number = (value) => (value === null || value === undefined ? "–" : Number(value).toLocaleString("en-GB"));
