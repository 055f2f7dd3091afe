export { counters } from './before';
