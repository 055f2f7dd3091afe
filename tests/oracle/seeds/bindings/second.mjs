import { First, hoisted, middle } from './first.mjs';
export class Second {
  other() {
    return new First();
  }
}
export const during = hoisted();
export function tryFirst() {
  try {
    return String(First);
  } catch (error) {
    return error.name;
  }
}
export const describeLate = () => `${new First().other().constructor.name} ${typeof First}`;
export const seen = () => middle;
