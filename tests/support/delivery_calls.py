"""What a test asks of deliveries, whose id is that of their task."""
from datetime import datetime

from kinora_process import wait_for


def delivery_of(kinora, task_id):
    answer = kinora.request("GET", f"/api/v1/deliveries/{task_id}/")
    return answer.json if answer.status == 200 else None


def wait_attempts(kinora, task_id, count, seconds=60):
    """The delivery, once that many attempts are written down."""
    def look():
        delivery = delivery_of(kinora, task_id)
        return delivery if delivery and len(delivery["attempts"]) >= count else None
    return wait_for(look, f"{count} attempts are written down", seconds)


def seconds_of(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()
