//! A plugin server in Rust: the guard "WordGuard" blocks calls that mention "forbidden" and masks "secret".
//!
//! `cargo run` serves over stdio, as `proto: STDIO` starts it.

use std::sync::Arc;

use rmcp::{
    model::{
        CallToolRequestParam, CallToolResult, Content, Implementation, JsonObject, ListToolsResult, PaginatedRequestParam,
        ServerCapabilities, ServerInfo, Tool,
    },
    service::RequestContext,
    transport::stdio,
    ErrorData, RoleServer, ServerHandler, ServiceExt,
};
use serde_json::{json, Value};

const NAME: &str = "WordGuard";
const HOOKS: [&str; 2] = ["tool_pre_invoke", "tool_post_invoke"];
const TOOLS: [&str; 3] = ["get_plugin_configs", "get_plugin_config", "invoke_hook"];

struct WordGuard;

fn description() -> Value {
    json!({
        "name": NAME, "kind": "rust", "version": "1.0.0", "description": "Blocks and masks words",
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
            server_info: Implementation { name: "word-guard".into(), version: "1.0.0".into(), ..Default::default() },
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

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    WordGuard.serve(stdio()).await?.waiting().await?;
    Ok(())
}
