#!/usr/bin/env node
// Committed stub: npm links a workspace's bin at install time, before dist/ exists.
import module from 'node:module';

// Node 22 and newer keep compiled code between starts.
module.enableCompileCache?.();
await import('../dist/bin.js');
