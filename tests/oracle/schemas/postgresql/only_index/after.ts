export { rows } from './before';
