export let n = 0;
export const step = () => ++n;
let state = 'new';
const kept = { of: 'counter' };
function finish() {
  state = 'done';
}
export { state, kept, finish };
export default function twice(x) {
  return 2 * x;
}
