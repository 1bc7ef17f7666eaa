// services/places.ts: where most is told of a call.
import type { Call } from "../code/samples";
import { kTaskBody, kVideoBody } from "../code/samples";

interface Places {
  guide: string;
  /** The reference names its places `tag/<tag>/<METHOD><path>`. */
  reference: string;
  /** A first call; none for a service that this page has no code for. */
  sample?: Call;
}

const kPlaces = new Map<string, Places>(Object.entries({
  "/luma/videos": {
    guide: "/guides/first-call",
    reference: "/reference#tag/videos/POST/luma/videos",
    sample: { kind: "call", path: "/luma/videos", body: kVideoBody },
  },
  "/luma/tasks": {
    guide: "/guides/polling",
    reference: "/reference#tag/tasks/POST/luma/tasks",
    sample: { kind: "call", path: "/luma/tasks", body: kTaskBody },
  },
}));

export function placesOf(path: string): Places {
  return kPlaces.get(path) ?? { guide: "/guides", reference: "/reference" };
}

// Documents of the hosted service that its texts and clients' links name, and what tells the same here: the path of
// an API, or a guide. APIs have their own ids beside.
export const kDocuments: ReadonlyMap<string, string> = new Map(Object.entries({
  "5bd3597d-1ff8-44ad-a580-b66b48393e7f": "/luma/videos",
  "16bb0108-1f09-45b3-97ac-16a668750a8c": "/guides/first-call",
  "3e965973-7b28-4844-b404-bd28bfeb5097": "/guides/polling",
}));
