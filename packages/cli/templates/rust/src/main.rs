//! A plugin server in Rust: the guard "WordGuard" blocks calls that mention "forbidden" and masks "secret".
//!
//! `cargo run` serves over stdio, as `proto: STDIO` starts it; `cargo run -- --http` over HTTP, on http://127.0.0.1:8000/mcp
//! unless the variables HOST and PORT say otherwise.

use std::{env, sync::Arc};

use rmcp::{
    model::{
        CallToolRequestParam, CallToolResult, Content, Implementation, JsonObject, ListToolsResult,
        PaginatedRequestParam, ServerCapabilities, ServerInfo, Tool,
    },
    service::RequestContext,
    transport::{stdio, streamable_http_server::session::local::LocalSessionManager, StreamableHttpService},
    ErrorData, RoleServer, ServerHandler, ServiceExt,
};
use serde_json::{json, Value};

const NAME: &str = "WordGuard";
const HOOKS: [&str; 2] = ["tool_pre_invoke", "tool_post_invoke"];
const TOOLS: [&str; 3] = ["get_plugin_configs", "get_plugin_config", "invoke_hook"];

struct WordGuard;

fn description() -> Value {
    json!({
        "name": NAME, "kind": "rust", "version": "0.1.0", "description": "Blocks and masks words",
        "hooks": HOOKS, "tags": ["words"], "mode": "enforce", "priority": 100, "conditions": [],
    })
}

fn reply(call: &JsonObject) -> Value {
    let text = |key: &str| call.get(key).and_then(Value::as_str).unwrap_or_default();
    let plugin = text("plugin_name");
    let fail = |message: String| {
        let error = json!({ "message": message, "plugin_name": plugin, "code": "", "details": {} });
        json!({ "plugin_name": plugin, "error": error })
    };
    if plugin != NAME {
        return fail(format!("there is no plugin {plugin}"));
    }
    let hook = text("hook_type");
    if !HOOKS.contains(&hook) {
        return fail(format!("{NAME} does not run on {hook}"));
    }
    match call.get("payload") {
        Some(payload) if payload["name"].is_string() => json!({ "plugin_name": NAME, "result": decide(payload) }),
        _ => fail("the payload has no name".into()),
    }
}

fn decide(payload: &Value) -> Value {
    let text = payload.to_string();
    if text.contains("forbidden") {
        let violation = json!({
            "code": "FORBIDDEN_WORD", "reason": "A forbidden word is in it",
            "description": "The word guard found a word of its list", "details": {},
        });
        return json!({ "continue_processing": false, "modified_payload": null, "violation": violation, "metadata": {} });
    }
    let modified = text
        .contains("secret")
        .then(|| serde_json::from_str::<Value>(&text.replace("secret", "******")).ok())
        .flatten();
    json!({ "continue_processing": true, "modified_payload": modified, "violation": null, "metadata": {} })
}

impl ServerHandler for WordGuard {
    fn get_info(&self) -> ServerInfo {
        ServerInfo {
            capabilities: ServerCapabilities::builder().enable_tools().build(),
            server_info: Implementation {
                name: env!("CARGO_PKG_NAME").into(),
                version: env!("CARGO_PKG_VERSION").into(),
                ..Default::default()
            },
            ..Default::default()
        }
    }

    async fn list_tools(
        &self,
        _: Option<PaginatedRequestParam>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        let schema: Arc<JsonObject> = Arc::new(JsonObject::from_iter([("type".to_string(), json!("object"))]));
        let tools = TOOLS.map(|name| Tool::new(name, name, schema.clone())).to_vec();
        Ok(ListToolsResult { tools, next_cursor: None })
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParam,
        _: RequestContext<RoleServer>,
    ) -> Result<CallToolResult, ErrorData> {
        let arguments = request.arguments.unwrap_or_default();
        let value = match request.name.as_ref() {
            "get_plugin_configs" => json!([description()]),
            "get_plugin_config" => match arguments.get("name").and_then(Value::as_str) {
                Some(name) if name.eq_ignore_ascii_case(NAME) => description(),
                _ => json!({}),
            },
            "invoke_hook" => reply(&arguments),
            other => return Err(ErrorData::invalid_params(format!("Unknown tool: {other}"), None)),
        };
        Ok(CallToolResult::success(vec![Content::text(value.to_string())]))
    }
}

fn variable(name: &str, fallback: &str) -> String {
    env::var(name).unwrap_or_else(|_| fallback.to_string())
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    if !env::args().any(|argument| argument == "--http") {
        WordGuard.serve(stdio()).await?.waiting().await?;
        return Ok(());
    }
    let service: StreamableHttpService<WordGuard, LocalSessionManager> =
        StreamableHttpService::new(|| Ok(WordGuard), Default::default(), Default::default());
    let address = format!("{}:{}", variable("HOST", "127.0.0.1"), variable("PORT", "8000"));
    let listener = tokio::net::TcpListener::bind(address).await?;
    axum::serve(listener, axum::Router::new().nest_service("/mcp", service)).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply_to(hook: &str, payload: Value) -> Value {
        let call = json!({ "hook_type": hook, "plugin_name": NAME, "payload": payload });
        reply(call.as_object().expect("an object"))
    }

    #[test]
    fn lets_other_words_pass() {
        let answer = reply_to("tool_pre_invoke", json!({ "name": "echo", "args": { "text": "fine" } }));
        assert_eq!(answer["result"]["continue_processing"], true);
        assert_eq!(answer["result"]["modified_payload"], Value::Null);
    }

    #[test]
    fn masks_a_word() {
        let answer = reply_to("tool_pre_invoke", json!({ "name": "echo", "args": { "text": "a secret" } }));
        assert_eq!(answer["result"]["modified_payload"]["args"]["text"], "a ******");
    }

    #[test]
    fn blocks_a_word() {
        let answer = reply_to("tool_pre_invoke", json!({ "name": "echo", "args": { "text": "forbidden" } }));
        assert_eq!(answer["result"]["continue_processing"], false);
        assert_eq!(answer["result"]["violation"]["code"], "FORBIDDEN_WORD");
    }

    #[test]
    fn refuses_a_hook_that_it_does_not_run_on() {
        let answer = reply_to("prompt_pre_fetch", json!({ "name": "echo" }));
        assert!(answer["error"]["message"].is_string());
    }
}
