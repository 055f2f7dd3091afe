export class Map {
  get size() {
    return 'ours';
  }
}
export const undefined_ = 1;
export class Error {}
