export { people, young } from './before';
