package main

import (
	"encoding/json"
	"strings"
	"testing"
)

func replyTo(t *testing.T, hook, payload string) string {
	t.Helper()
	encoded, err := json.Marshal(reply(hookCall{HookType: hook, PluginName: name, Payload: json.RawMessage(payload)}))
	if err != nil {
		t.Fatal(err)
	}
	return string(encoded)
}

func TestReply(t *testing.T) {
	for _, test := range []struct{ name, hook, payload, expected string }{
		{"lets other words pass", hooks[0], `{"name":"echo","args":{"text":"fine"}}`, `"modified_payload":null`},
		{"masks a word", hooks[0], `{"name":"echo","args":{"text":"a secret"}}`, `"text":"a ******"`},
		{"blocks a word", hooks[1], `{"name":"echo","result":"forbidden"}`, `"code":"FORBIDDEN_WORD"`},
		{"refuses a hook that it does not run on", "prompt_pre_fetch", `{"name":"echo"}`, `"error"`},
		{"refuses a payload without name", hooks[0], `{}`, `"error"`},
	} {
		t.Run(test.name, func(t *testing.T) {
			if answer := replyTo(t, test.hook, test.payload); !strings.Contains(answer, test.expected) {
				t.Errorf("%s has no %s", answer, test.expected)
			}
		})
	}
}
