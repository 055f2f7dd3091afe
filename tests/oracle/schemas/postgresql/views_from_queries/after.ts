export { adults, authors, counts, distinct, fromSubquery, names, pairs, posts, users, withCte } from './before';
