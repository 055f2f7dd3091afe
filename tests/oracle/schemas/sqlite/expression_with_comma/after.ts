export { docs } from './before';
