import { describe, expect, it } from 'vitest';
import { clientPlaces } from '../../src/wrap/client-places.js';

function filesOf(platform: NodeJS.Platform, env: Readonly<Record<string, string>>, cwd: string) {
  return clientPlaces({ env, cwd }, platform).map(({ client, file }) => `${client} ${file}`);
}

describe('clientPlaces', () => {
  it('knows where each client reads on macOS', () => {
    expect(filesOf('darwin', { HOME: '/Users/me' }, '/work')).toEqual([
      'claude-desktop /Users/me/Library/Application Support/Claude/claude_desktop_config.json',
      'claude-code /Users/me/.claude.json',
      'claude-code /work/.mcp.json',
      'cursor /Users/me/.cursor/mcp.json',
      'cursor /work/.cursor/mcp.json',
      'vscode /Users/me/Library/Application Support/Code/User/mcp.json',
      'vscode /work/.vscode/mcp.json',
    ]);
  });

  it('knows where each client reads on Windows', () => {
    const env = { USERPROFILE: 'C:\\Users\\me', APPDATA: 'D:\\Roaming' };
    const files = filesOf('win32', env, 'C:\\work');
    expect(files).toContain('claude-desktop D:\\Roaming\\Claude\\claude_desktop_config.json');
    expect(files).toContain('claude-code C:\\Users\\me\\.claude.json');
    expect(files).toContain('vscode C:\\work\\.vscode\\mcp.json');
    expect(filesOf('win32', { USERPROFILE: 'C:\\Users\\me' }, 'C:\\work')).toContain(
      'vscode C:\\Users\\me\\AppData\\Roaming\\Code\\User\\mcp.json',
    );
  });

  it('knows where each client reads on Linux', () => {
    expect(filesOf('linux', { HOME: '/home/me' }, '/work')).toContain(
      'claude-desktop /home/me/.config/Claude/claude_desktop_config.json',
    );
    expect(filesOf('linux', { HOME: '/home/me', XDG_CONFIG_HOME: '/cfg' }, '/work')).toContain(
      'vscode /cfg/Code/User/mcp.json',
    );
  });
});
