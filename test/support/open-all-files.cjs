// Preloaded into a process: reaches its limit of open files just before the first connection.
const { openSync } = require('node:fs');
const { Socket } = require('node:net');
const { devNull } = require('node:os');

const { connect } = Socket.prototype;
Socket.prototype.connect = function (...options) {
  try {
    for (;;) openSync(devNull, 'r');
  } catch {
    return connect.apply(this, options);
  }
};
