/** What locales/vite-plugin.ts makes of a locale file: its messages, compiled at build time. */
declare module '*.json?messages' {
  const messages: import('@lingui/core').Messages;
  export default messages;
}

/** The same, only the keys that begin with `widget.`: the customer's page carries no agent's words. */
declare module '*.json?messages=widget' {
  const messages: import('@lingui/core').Messages;
  export default messages;
}
