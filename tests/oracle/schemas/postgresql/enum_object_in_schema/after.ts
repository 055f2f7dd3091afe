export { alarms, app, level } from './before';
