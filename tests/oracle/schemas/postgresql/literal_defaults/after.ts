export { literals } from './before';
