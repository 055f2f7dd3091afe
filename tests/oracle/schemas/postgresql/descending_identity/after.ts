export { down } from './before';
