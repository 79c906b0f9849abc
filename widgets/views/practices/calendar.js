// Check-ins by calendar week, as analysis/practices/weeks.py reads them: a week without one is a gap.

const DAY_MS = 86_400_000, WEEK_DAYS = 7, ISO = /^\d{4}-\d\d-\d\d$/;
const WORSE_FIRST = ["no", "partly", "dont_know", "yes"]; // of several answers in a week the first one counts

const iso = (ms) => new Date(ms).toISOString().slice(0, 10);

/** The Monday of a day's week, both as "2027-01-18". */
export function mondayOf(day) {
  const ms = Date.parse(day); // an ISO day is read as UTC
  return iso(ms - ((new Date(ms).getUTCDay() + 6) % WEEK_DAYS) * DAY_MS);
}

/** Today where the reader is. */
export function isoToday(now = new Date()) {
  return iso(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()));
}

/** {weeks: [{number, monday, rows, matched, turn}], undated: [row]}; value(row, question) gives answers.
 * `turn` says how the words stand beside the check-in before: up, down, level, or first. */
export function byWeek(rows, value) {
  const dated = rows.filter((row) => ISO.test(value(row, "week") ?? "")), undated = rows.filter((row) => !dated.includes(row));
  if (!dated.length) return { weeks: [], undated };
  const days = new Map(dated.map((row) => [row, mondayOf(value(row, "week"))]));
  const sorted = dated.toSorted((one, other) => (value(one, "week") < value(other, "week") ? -1 : 1));
  const first = Date.parse(days.get(sorted[0])), count = (Date.parse(days.get(sorted.at(-1))) - first) / (WEEK_DAYS * DAY_MS) + 1;
  let before = null;
  const weeks = Array.from({ length: count }, (_, place) => {
    const monday = iso(first + place * WEEK_DAYS * DAY_MS), mine = sorted.filter((row) => days.get(row) === monday);
    const matched = WORSE_FIRST.find((one) => mine.some((row) => value(row, "matched") === one)) ?? null;
    const turn = mine.length ? turnOf(before, matched) : null;
    if (["no", "partly", "yes"].includes(matched)) before = matched;
    return { number: place + 1, monday, rows: mine, matched, turn };
  });
  return { weeks, undated };
}

function turnOf(before, now) {
  const order = ["no", "partly", "yes"], [from, to] = [before, now].map((one) => order.indexOf(one));
  if (to < 0) return "none";
  if (from < 0) return "first";
  return to > from ? "up" : to < from ? "down" : "level";
}
