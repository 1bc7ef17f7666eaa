// support/studio.mjs: what people do in the studio.
import { waitFor } from "./server.mjs";

/** The card of the video of that prompt, the newest where there are several. */
export function card(visitor, prompt) {
  return visitor.page.locator("article, li").filter({ has: visitor.page.getByRole("heading", { name: prompt }) }).first();
}

/** Types a prompt and presses Create. */
export async function create(visitor, prompt) {
  await visitor.page.getByRole("textbox", { name: "What the video shows" }).fill(prompt);
  await visitor.button(/^Create/).click();
  await card(visitor, prompt).waitFor();
}

/** The different numbers that its progress bar showed, in order, until it was gone. */
export async function progressOf(visitor, prompt) {
  const bar = card(visitor, prompt).getByRole("progressbar");
  const seen = [];
  await bar.waitFor();
  for (;;) {
    // At once, for the bar may go between two looks.
    const value = await bar.evaluateAll((bars) => bars[0]?.value ?? null);
    if (value === null) return seen;
    if (seen.at(-1) !== value) seen.push(value);
  }
}

/** Waits until its clip is there. */
export async function done(visitor, prompt) {
  await card(visitor, prompt).locator("video").waitFor({ timeout: 240_000 });
}

/** Clicks the clip and gives how far it has played when it has gone on twice, in seconds. */
export async function played(visitor, prompt) {
  const video = card(visitor, prompt).locator("video");
  await video.click();
  const times = [];
  return waitFor(async () => {
    const { paused, time } = await video.evaluate(({ paused: isPaused, currentTime }) => ({ paused: isPaused, time: currentTime }));
    if (paused) await video.click(); // One that had begun by itself is stopped by a click.
    else if (time > 0.3 && time !== times.at(-1)) times.push(time);
    return times.length > 2 && times.at(-1);
  }, "the clip plays");
}
