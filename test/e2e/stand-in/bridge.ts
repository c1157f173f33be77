/** The two scripts that play Electron's renderer half: contextBridge in the page's world, ipcRenderer in the preload's. */

/** Runs first in the page's own world: builds what the preload exposes out of functions that only pass JSON text. */
export const mainWorldBootstrap = `(() => {
  const pending = new Map(); let next = 0;
  window.addEventListener('stand-in:return', (event) => {
    const { id, value, error } = JSON.parse(event.detail);
    const { resolve, reject } = pending.get(id); pending.delete(id);
    error === undefined ? resolve(value) : reject(new Error(error));
  });
  const listeners = new Map();
  window.addEventListener('stand-in:callback', (event) => {
    const { callback, args } = JSON.parse(event.detail); listeners.get(callback)(...args);
  });
  const pack = (argument) => {
    if (typeof argument !== 'function') return { value: argument };
    const callback = ++next; listeners.set(callback, argument); return { callback };
  };
  window.addEventListener('stand-in:expose', (event) => {
    const { name, methods } = JSON.parse(event.detail);
    const api = {};
    for (const method of methods) api[method] = (...args) => new Promise((resolve, reject) => {
      const id = ++next; pending.set(id, { resolve, reject });
      const detail = JSON.stringify({ id, name, method, args: args.map(pack) });
      window.dispatchEvent(new CustomEvent('stand-in:call', { detail }));
    });
    Object.defineProperty(window, name, { value: Object.freeze(api), enumerable: true });
  });
})()`

/** Runs in the isolated world: a `require('electron')` with contextBridge and ipcRenderer, then the preload itself. */
export const isolatedBootstrap = (preload: string): string => `(() => {
  const pending = new Map(); let next = 0; const exposed = {}; const channels = new Map();
  globalThis.standInReply = (text) => {
    const { id, value, error } = JSON.parse(text);
    const { resolve, reject } = pending.get(id); pending.delete(id);
    error === undefined ? resolve(value) : reject(new Error(error));
  };
  const ipcRenderer = {
    invoke: (channel, ...args) => new Promise((resolve, reject) => {
      const id = ++next; pending.set(id, { resolve, reject });
      standInInvoke(JSON.stringify({ id, channel, args }));
    }),
    on: (channel, listener) => channels.set(channel, [...(channels.get(channel) ?? []), listener]),
  };
  window.addEventListener('stand-in:event', (event) => {
    const { channel, args } = JSON.parse(event.detail);
    for (const listener of channels.get(channel) ?? []) listener({}, ...args);
  });
  const unpack = (argument) => argument.callback === undefined ? argument.value : (...args) =>
    window.dispatchEvent(new CustomEvent('stand-in:callback', { detail: JSON.stringify({ callback: argument.callback, args }) }));
  window.addEventListener('stand-in:call', async (event) => {
    const { id, name, method, args } = JSON.parse(event.detail);
    const reply = {};
    try { reply.value = await exposed[name][method](...args.map(unpack)); } catch (error) { reply.error = String(error); }
    window.dispatchEvent(new CustomEvent('stand-in:return', { detail: JSON.stringify({ id, ...reply }) }));
  });
  const contextBridge = { exposeInMainWorld: (name, api) => {
    exposed[name] = api;
    window.dispatchEvent(new CustomEvent('stand-in:expose', { detail: JSON.stringify({ name, methods: Object.keys(api) }) }));
  } };
  const module = { exports: {} };
  const require = (name) => { if (name !== 'electron') throw new Error('a sandboxed preload may only require electron'); return { contextBridge, ipcRenderer }; };
  (function (require, module, exports) { ${preload}
  })(require, module, module.exports);
})()`
