"""What tests about money share: amounts of an application, the end of a task, and whether the books add up."""
import unittest

from kinora_process import wait_for
from people import retrieve


class BillingTestCase(unittest.TestCase):
    def refuse(self, answer, status, code):
        self.assertEqual((answer.status, answer.json["error"]["code"]), (status, code), answer)

    def amounts(self, person, application):
        now = person.application(application["id"])
        return now["remaining_amount"], now["held_amount"], now["used_amount"]

    def check_books(self, owner):
        books = owner.get("/api/v1/admin/ledger/")
        self.assertEqual((books["balanced"], books["faults"]), (True, []))
        self.assertEqual(round(sum(account["balance"] for account in books["accounts"]), 6), 0)

    def finish(self, kinora, token, task_id):
        return wait_for(lambda: (task := retrieve(kinora, token, task_id).json).get("finished_at") and task,
                        "the task ends", 150)
