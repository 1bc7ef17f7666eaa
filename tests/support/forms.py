"""Forms with a file in them, as browsers and curl send them."""
BOUNDARY = "----kinora-tests-7MA4YWxkTrZu0gW"
CONTENT_TYPE = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
END = f"--{BOUNDARY}--\r\n".encode()


def part(data, name="file", filename="a.png", kind="application/octet-stream"):
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"; filename="{filename}"\r\n' \
           f"Content-Type: {kind}\r\n\r\n"
    return head.encode() + data + b"\r\n"


def form(data, **more):
    return part(data, **more) + END


def upload(kinora, data, path="/api/v1/files/", headers=None, **more):
    return kinora.request("POST", path, form(data, **more), {**CONTENT_TYPE, **(headers or {})})
