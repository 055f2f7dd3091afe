'use strict';

module.exports = {
  EOL: '\n',
  arch: () => 'x64',
  cpus: () => [],
  homedir: () => require('./process.js').env.HOME ?? '/',
  hostname: () => 'localhost',
  platform: () => 'linux',
  release: () => '',
  tmpdir: () => '/tmp',
  totalmem: () => 0,
  freemem: () => 0,
  type: () => 'Linux',
  userInfo: () => ({ username: require('./process.js').env.USER ?? '' }),
};
