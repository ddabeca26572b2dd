import json
import unittest

from word_guard import HOOKS, NAME, decide, invoke_hook


class WordGuardTest(unittest.TestCase):
    def test_lets_other_words_pass(self) -> None:
        result = decide({"name": "echo", "args": {"text": "fine"}})
        self.assertTrue(result["continue_processing"])
        self.assertIsNone(result["modified_payload"])

    def test_masks_a_word(self) -> None:
        result = decide({"name": "echo", "args": {"text": "a secret"}})
        self.assertEqual(result["modified_payload"], {"name": "echo", "args": {"text": "a ******"}})

    def test_blocks_a_word(self) -> None:
        reply = json.loads(invoke_hook(HOOKS[0], NAME, {"name": "echo", "args": {"text": "forbidden"}}, {}))
        self.assertFalse(reply["result"]["continue_processing"])
        self.assertEqual(reply["result"]["violation"]["code"], "FORBIDDEN_WORD")

    def test_refuses_a_hook_that_it_does_not_run_on(self) -> None:
        self.assertIn("error", json.loads(invoke_hook("prompt_pre_fetch", NAME, {"name": "echo"}, {})))


if __name__ == "__main__":
    unittest.main()
