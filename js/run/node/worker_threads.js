'use strict';

const { missing } = require('../missing.js');

module.exports = {
  isMainThread: true, parentPort: null, workerData: null, threadId: 0, Worker: missing('worker_threads.Worker'),
};
