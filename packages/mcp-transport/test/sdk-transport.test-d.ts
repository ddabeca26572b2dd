import type { Transport as SdkV2Transport } from '@modelcontextprotocol/client';
import type { Transport as SdkV1Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { expectTypeOf } from 'vitest';
import type {
  HttpSession,
  RawTransport,
  StdioClientTransport,
  StdioServerTransport,
  StreamableHttpClientTransport,
  Transport,
} from '../src/index.js';

expectTypeOf<Transport>().toExtend<SdkV1Transport>();
expectTypeOf<SdkV1Transport>().toExtend<Transport>();
expectTypeOf<Transport>().toExtend<SdkV2Transport>();
expectTypeOf<SdkV2Transport>().toExtend<Transport>();

expectTypeOf<RawTransport>().toExtend<SdkV1Transport>();
expectTypeOf<StdioClientTransport>().toExtend<SdkV1Transport>();
expectTypeOf<StdioServerTransport>().toExtend<SdkV2Transport>();
expectTypeOf<HttpSession>().toExtend<SdkV1Transport>();
expectTypeOf<StreamableHttpClientTransport>().toExtend<SdkV2Transport>();
