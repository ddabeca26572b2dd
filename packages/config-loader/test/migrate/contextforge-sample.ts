/** Plugins of ContextForge without a counterpart: folder, class, mode. */
const others = `ai_artifacts_normalizer AiArtifactsNormalizerPlugin permissive
altk_json_processor AltkJsonProcessor disabled
argument_normalizer ArgumentNormalizerPlugin disabled
cached_tool_result CachedToolResultPlugin permissive
circuit_breaker CircuitBreakerPlugin enforce_ignore_error
citation_validator CitationValidatorPlugin permissive
code_formatter CodeFormatterPlugin permissive
code_safety_linter CodeSafetyLinterPlugin enforce
content_moderation ContentModerationPlugin permissive
file_type_allowlist FileTypeAllowlistPlugin enforce
harmful_content_detector HarmfulContentDetectorPlugin enforce
header_filter HeaderFilter transform
header_injector HeaderInjectorPlugin permissive
html_to_markdown HtmlToMarkdownPlugin disabled
json_repair JsonRepairPlugin permissive
jwt_claims_extraction JwtClaimsExtractionPlugin disabled
license_header_injector LicenseHeaderInjectorPlugin permissive
markdown_cleaner MarkdownCleanerPlugin permissive
output_length_guard OutputLengthGuardPlugin permissive
privacy_notice_injector PrivacyNoticeInjectorPlugin permissive
rate_limiter RateLimiterPlugin disabled
regex_filter SearchReplacePlugin disabled
response_cache_by_prompt ResponseCacheByPromptPlugin permissive
robots_license_guard RobotsLicenseGuardPlugin enforce
safe_html_sanitizer SafeHtmlSanitizerPlugin disabled
schema_guard SchemaGuardPlugin enforce_ignore_error
sparc_static_validator SparcStaticValidatorPlugin disabled
sql_sanitizer SqlSanitizerPlugin enforce
summarizer SummarizerPlugin permissive
timezone_translator TimezoneTranslatorPlugin permissive
toon_encoder ToonEncoderPlugin disabled
url_reputation UrlReputationPlugin enforce
virus_total_checker VirusTotalUrlCheckerPlugin enforce
watchdog WatchdogPlugin enforce_ignore_error
webhook_notification WebhookNotificationPlugin permissive`
  .split('\n')
  .map((line) => line.split(' ') as [folder: string, className: string, mode: string]);

/** Names of the plugins of the sample that nothing here replaces. */
export const withoutCounterpart = others.map(([, className]) => className);

/** A configuration with the shapes that ContextForge's own have: 40 plugins, Jinja, upper-case protocols. */
export const contextForgeSample = `# Plugins of the gateway
plugins:
  # Personal data
  - name: "PIIFilterPlugin"
    kind: "plugins.pii_filter.pii_filter.PIIFilterPlugin"
    description: "Detects and masks personal data"
    version: "0.1.0"
    author: "Platform"
    hooks: ["prompt_pre_fetch", "prompt_post_fetch", "tool_pre_invoke", "tool_post_invoke"]
    tags: ["security", "pii"]
    mode: "permissive"
    priority: 50
    conditions:
      - prompts: []
        server_ids: []
        tenant_ids: []
        user_patterns: ["@example.com"]
    applied_to: {}
    config:
      detect_ssn: true
      detect_aws_keys: true
      default_mask_strategy: "partial"
${others
  .map(
    ([folder, className, mode], index) => `  - name: "${className}"
    kind: "plugins.${folder}.${folder}.${className}"
    description: "Number ${index}"
    hooks: ["tool_pre_invoke", "tool_post_invoke"]
    mode: "${mode}"
    priority: ${100 + index}
    conditions: []
    config:
      api_key: "{{ env.${folder.toUpperCase()}_KEY }}"
`,
  )
  .join('')}  # Words
  - name: "DenyListPlugin"
    kind: "plugins.deny_filter.deny.DenyListPlugin"
    hooks: ["prompt_pre_fetch"]
    mode: "{{ env.get('DENY_MODE', 'enforce') }}"
    priority: null
    namespace: "x"
    config:
      words:
        - innovative
        - {{ env.SECOND_WORD | default('groundbreaking') }}
  - name: "OPAPluginFilter"
    kind: "external"
    hooks: ["tool_pre_invoke"]
    mode: "transform" # newer files have these
    priority: 10
    mcp:
      proto: STREAMABLEHTTP
      url: http://127.0.0.1:8000/mcp
      # tls:
      #   ca_bundle: /app/certs/ca.crt
  - name: "ClamAV"
    kind: "external"
    mode: sequential
    hooks: ["resource_post_fetch", "agent_pre_invoke"]
    mcp:
      proto: STDIO
      script: plugins/external/clamav_server/run.py
      url:
  - name: "Idle"
    kind: cpex_pii_filter.pii_filter.PIIFilterPlugin
    hooks: []

plugin_dirs:
  - "plugins/native"
  - "plugins/custom"

plugin_settings:
  parallel_execution_within_band: true
  plugin_timeout: 30
  fail_on_plugin_error: false
  enable_plugin_api: true
  plugin_health_check_interval: 60
`;
