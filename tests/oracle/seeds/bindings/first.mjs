import { kept } from './counter.mjs';
import { Second, describeLate, tryFirst } from './second.mjs';
export const early = tryFirst();
export class First {
  other() {
    return new Second();
  }
}
export function hoisted() {
  return `hoisted beside ${kept.of}`;
}
export const middle = describeLate();
