/** What locales/vite-plugin.ts makes of a locale file: its messages, compiled at build time. */
declare module '*.json?messages' {
  const messages: import('@lingui/core').Messages;
  export default messages;
}
