export { orders } from './before';
