export * from './counter.mjs';
export { default as doubled, n as count } from './counter.mjs';
