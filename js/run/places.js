'use strict';
// Where a query of drizzle-orm was awaited. It runs in a job of its own, whose stack does
// not lead back there; but `then` is looked up while the user's code is still running.

const { frames } = require('./failure.js');

const isOfUser = ({ file }) => !file.includes('/node_modules/');

function attach(error, place) {
  if (!(error instanceof Error) || error.tidemark || frames(error.stack).some(isOfUser)) return;
  const frame = frames(place.stack).find(isOfUser);
  if (frame) Object.defineProperty(error, 'tidemark', { value: frame, configurable: true });
}

function keepPlaces({ QueryPromise }) {
  const { then } = QueryPromise.prototype;
  Object.defineProperty(QueryPromise.prototype, 'then', {
    configurable: true,
    get() {
      const place = new Error();
      return function (done, failed) {
        const noting = (error) => {
          attach(error, place);
          if (failed) return failed(error);
          throw error;
        };
        return then.call(this, done, noting);
      };
    },
  });
}

module.exports = { keepPlaces };
