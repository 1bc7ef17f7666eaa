// studio/upload.ts: sends a file with the session, and tells how far it is.
import { ApiError, errorOf, sessionHeaders, type Schemas } from "../api/client";

/** XMLHttpRequest, for `fetch` does not tell how much it has sent. `onProgress` gets 0 to 1. */
export function upload(
  file: File,
  onProgress: (part: number) => void,
  signal: AbortSignal,
): Promise<Schemas["UploadedFile"]> {
  return new Promise((resolve, reject) => {
    const call = new XMLHttpRequest();
    call.open("POST", "/api/v1/files/");
    for (const [name, value] of Object.entries(sessionHeaders())) call.setRequestHeader(name, value);
    call.responseType = "json";
    call.upload.onprogress = (event) => {
      if (event.lengthComputable && event.total > 0) onProgress(event.loaded / event.total);
    };
    call.onload = () => {
      if (call.status === 201) resolve(call.response as Schemas["UploadedFile"]);
      else reject(errorOf(call.status, call.response));
    };
    call.onerror = () => reject(new ApiError(0, "unreachable", "", null));
    call.onabort = () => reject(new DOMException("Stopped.", "AbortError"));
    signal.addEventListener("abort", () => call.abort());
    const form = new FormData();
    form.append("file", file);
    call.send(form);
  });
}
