#!/usr/bin/env node
// Committed stub: npm links a workspace's bin at install time, before dist/ exists.
import '../dist/bin.js';
