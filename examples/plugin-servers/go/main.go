// A plugin server in Go: the guard "WordGuard" blocks calls that mention "forbidden" and masks "secret".
//
//	go run .            over stdio, as `proto: STDIO` starts it
//	go run . --http     over HTTP, on http://127.0.0.1:8000/mcp; the variables HOST and PORT say otherwise
package main

import (
	"context"
	"encoding/json"
	"log"
	"net"
	"net/http"
	"os"
	"slices"
	"strings"

	"github.com/google/jsonschema-go/jsonschema"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

const name = "WordGuard"

var hooks = []string{"tool_pre_invoke", "tool_post_invoke"}

type object = map[string]any

var description = object{
	"name": name, "kind": "go", "version": "0.1.0", "description": "Blocks and masks words",
	"hooks": hooks, "tags": []string{"words"}, "mode": "enforce", "priority": 100, "conditions": []object{},
}

// What invoke_hook gets.
type hookCall struct {
	HookType   string          `json:"hook_type"`
	PluginName string          `json:"plugin_name"`
	Payload    json.RawMessage `json:"payload"`
}

func reply(call hookCall) object {
	fail := func(message string) object {
		problem := object{"message": message, "plugin_name": call.PluginName, "code": "", "details": object{}}
		return object{"plugin_name": call.PluginName, "error": problem}
	}
	if call.PluginName != name {
		return fail("there is no plugin " + call.PluginName)
	}
	if !slices.Contains(hooks, call.HookType) {
		return fail(name + " does not run on " + call.HookType)
	}
	var payload struct {
		Name *string `json:"name"`
	}
	if err := json.Unmarshal(call.Payload, &payload); err != nil || payload.Name == nil {
		return fail("the payload has no name")
	}
	return object{"plugin_name": name, "result": decide(string(call.Payload))}
}

func decide(payload string) object {
	if strings.Contains(payload, "forbidden") {
		violation := object{
			"code": "FORBIDDEN_WORD", "reason": "A forbidden word is in it",
			"description": "The word guard found a word of its list", "details": object{},
		}
		return object{"continue_processing": false, "modified_payload": nil, "violation": violation, "metadata": object{}}
	}
	var modified any
	if strings.Contains(payload, "secret") {
		modified = json.RawMessage(strings.ReplaceAll(payload, "secret", "******"))
	}
	return object{"continue_processing": true, "modified_payload": modified, "violation": nil, "metadata": object{}}
}

// A reply is one text with JSON.
func text(value any) (*mcp.CallToolResult, error) {
	encoded, err := json.Marshal(value)
	if err != nil {
		return nil, err
	}
	return &mcp.CallToolResult{Content: []mcp.Content{&mcp.TextContent{Text: string(encoded)}}}, nil
}

func newServer() *mcp.Server {
	server := mcp.NewServer(&mcp.Implementation{Name: "word-guard", Version: "0.1.0"}, nil)
	add := func(tool string, answer func(arguments json.RawMessage) (any, error)) {
		schema := &jsonschema.Schema{Type: "object"}
		server.AddTool(&mcp.Tool{Name: tool, Description: tool, InputSchema: schema},
			func(_ context.Context, request *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
				value, err := answer(request.Params.Arguments)
				if err != nil {
					return nil, err
				}
				return text(value)
			})
	}
	add("get_plugin_configs", func(json.RawMessage) (any, error) { return []object{description}, nil })
	add("get_plugin_config", func(arguments json.RawMessage) (any, error) {
		var asked struct {
			Name string `json:"name"`
		}
		if err := json.Unmarshal(arguments, &asked); err != nil {
			return nil, err
		}
		if !strings.EqualFold(asked.Name, name) {
			return object{}, nil
		}
		return description, nil
	})
	add("invoke_hook", func(arguments json.RawMessage) (any, error) {
		var call hookCall
		if err := json.Unmarshal(arguments, &call); err != nil {
			return nil, err
		}
		return reply(call), nil
	})
	return server
}

func variable(name, fallback string) string {
	if value := os.Getenv(name); value != "" {
		return value
	}
	return fallback
}

func main() {
	server := newServer()
	if !slices.Contains(os.Args[1:], "--http") {
		if err := server.Run(context.Background(), &mcp.StdioTransport{}); err != nil {
			log.Println(err)
		}
		return
	}
	handler := mcp.NewStreamableHTTPHandler(func(*http.Request) *mcp.Server { return server }, nil)
	http.Handle("/mcp", handler)
	address := net.JoinHostPort(variable("HOST", "127.0.0.1"), variable("PORT", "8000"))
	log.Fatal(http.ListenAndServe(address, nil))
}
