import preact from '@preact/preset-vite';
import { defineConfig } from 'wxt';
import { messages } from './locales/vite-plugin.ts';

/**
 * The extension's id in Chromium, which follows from `key` below: the agent's door lets it in by
 * name. A shop that signs with a key of its own (Chrome Web Store) gives it an id of its own.
 */
export const extensionId = 'hpmgeoonhgicbdnalldhjmphekgidfpf';

export default defineConfig({
  imports: false,
  outDir: '.output',
  vite: () => ({ plugins: [preact(), messages()] }),
  manifest: ({ browser, command, manifestVersion }) => ({
    name: '__MSG_name__',
    description: '__MSG_description__',
    default_locale: 'en',
    permissions: [
      'storage',
      'alarms',
      'notifications',
      // Firefox has a sidebar and a background page that may play sounds instead.
      ...(browser === 'firefox' ? [] : ['sidePanel', 'offscreen']),
    ],
    // Without a popup: a click on the icon opens the panel (desk/background/open-panel.ts).
    action: {},
    // Nothing at install: sign-in asks for the one server that the agent names.
    host_permissions: [],
    ...(manifestVersion === 2
      ? { optional_permissions: anyServer }
      : { optional_host_permissions: anyServer }),
    content_security_policy: { extension_pages: command === 'build' ? strict : whileDeveloping },
    ...(browser === 'firefox'
      ? { browser_specific_settings: { gecko } }
      : { key, minimum_chrome_version: '116' }),
  }),
});

const anyServer = ['http://*/*', 'https://*/*'];

/**
 * No code from elsewhere, no frames, no forms. It names no `upgrade-insecure-requests` (Firefox's
 * default does), so that a server on localhost is reached over http and ws.
 */
const strict = [
  "default-src 'none'",
  "script-src 'self'",
  "object-src 'none'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "media-src 'self'",
  "connect-src 'self' http: https: ws: wss:",
  "frame-src 'none'",
  "form-action 'none'",
  "base-uri 'none'",
].join('; ');

/** WXT adds its own server to this; Vite's hot reload writes style elements. */
const whileDeveloping = "script-src 'self'; object-src 'none'";

const gecko = {
  id: 'deskside@deskside.example',
  strict_min_version: '140.0',
  // What an agent and a customer write goes to the server that the agent chose, and nowhere else.
  data_collection_permissions: { required: ['authenticationInfo', 'personalCommunications'] },
};

const key =
  'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAqFC1AVGwOPhfpFAfnx5z8Dkv59W31gtt4LbBlIfxPCkz/KnavIBkt8nKSYmDYr41qaHTHotQ+jSVp7LQyv2O+SWzkGhqjiHyBbD79GzVx0LZ3YQHYMKaN/JYcM9WTbhSFIM8ksxoTpCriNDuPyA29b8S8uCA30JCpETEocixrW1U4DTZYTMrwipjIGwCgJ2Rljqls3/pkgCL84JgOCr05Ce2enJ77r0p5UpT2XQWxZZFxCwyO5rApOtKIEj85XGHooLX6JHhUCXrOD6y5zery19vT2HKUCT7FMza52agCC/LV0axoeLymbLLKkzU4LyFT+4FsFtTa6vLDb4H9VoOSQIDAQAB';
