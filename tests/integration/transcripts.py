"""transcripts.py FILE...: plays conversations of tests/golden/api against a server of their own; transcript.py in
tests/support tells how they are written."""
import sys

import openapi_check
from kinora_process import TOKEN, Kinora
from raw_connection import RawConnection, request_bytes
from transcript import Player, Transcript


def play(path):
    transcript = Transcript(path)
    with Kinora(*transcript.arguments) as kinora:
        def send(method, target, headers, body):
            with RawConnection(kinora.port) as connection:
                connection.send(request_bytes(method, target, {"Host": f"127.0.0.1:{kinora.port}", **headers}, body))
                answer = connection.read(to_head=method == "HEAD")
            openapi_check.judge(method, target, answer)
            return answer
        Player(send, token=TOKEN, base=kinora.url, host=f"127.0.0.1:{kinora.port}").play(transcript)
    print(f"{path}: {len(transcript.steps)} steps")
    assert transcript.steps, f"{path} says nothing"


if __name__ == "__main__":
    for file in sys.argv[1:]:
        play(file)
