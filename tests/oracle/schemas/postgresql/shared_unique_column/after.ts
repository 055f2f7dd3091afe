export { pages, posts } from './before';
