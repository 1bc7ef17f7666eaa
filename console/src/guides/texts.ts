// guides/texts.ts: the calls and the answers that the guides show, by the names that the catalogue has for them.
import { kVideoBody, type Call } from "../code/samples";

const kTask = "e4018a99-1522-4f24-9330-62c2a9b50b59";
const kTrace = "7dbc5b6a-b2c0-4d85-9d39-fa8a8a785ccf";

export const kCalls: Readonly<Record<string, Call>> = {
  video: { kind: "call", path: "/luma/videos", body: kVideoBody },
  poll: { kind: "poll", body: kVideoBody },
  callback: {
    kind: "call",
    path: "/luma/videos",
    body: { prompt: "Astronauts shuttle from space to volcano", callback_url: "https://your-server.com/callback" },
  },
  receiver: { kind: "receiver" },
};

function pretty(value: unknown): string {
  return JSON.stringify(value, null, 2);
}

/** The answer `name`, as a server at `baseUrl` gives it. */
export function textOf(name: string, baseUrl: string): string {
  switch (name) {
    case "result":
      return pretty({
        success: true,
        task_id: kTask,
        trace_id: kTrace,
        video_id: "155838f8-7f1e-44d8-b387-192f3b4b509d",
        prompt: "Astronauts shuttle from space to volcano",
        video_url: `${baseUrl}/media/af94e7ca35d44b5f836a2d7254184d0d.mp4`,
        video_width: 1360,
        video_height: 752,
        state: "completed",
        thumbnail_url: `${baseUrl}/media/0585de3737db946e5a0ac895384ecd18.jpg`,
        thumbnail_width: 1360,
        thumbnail_height: 752,
        duration: 5,
        fps: 24,
        engine: "storyboard",
        seed: 7,
      });
    case "accepted":
      return pretty({ success: true, task_id: kTask, trace_id: kTrace });
    case "failure":
      return pretty({
        success: false,
        task_id: kTask,
        trace_id: kTrace,
        state: "failed",
        error: { code: "bad_request", message: "`start_image_url` cannot be used. The server there answered 404." },
      });
    case "error":
      return pretty({
        error: { code: "used_up", message: "The balance does not cover this call; top it up." },
        trace_id: kTrace,
      });
    case "stream":
      return [
        { task_id: kTask, state: "pending", progress: 0, queue_position: 1 },
        { task_id: kTask, state: "processing", progress: 42, estimated_seconds: 6.5 },
        { task_id: kTask, state: "processing", progress: 63, estimated_seconds: 4.1 },
      ].map((line) => JSON.stringify(line)).join("\n");
    default:
      return "";
  }
}
