'use strict';
// The program, whose commands run one after the other in one process (commands.cc).

const { spawn } = require('node:child_process');
const { createInterface } = require('node:readline');

const LIMIT = 120_000;

class Program {
  constructor(file) {
    this.file = file;
  }
  // One that ended, by itself or late, is started anew with the next command.
  start() {
    const child = (this.child = spawn(this.file, { stdio: ['pipe', 'pipe', 'inherit'] }));
    createInterface(child.stdout).on('line', (line) => this.done(JSON.parse(line)));
    child.on('exit', (code, signal) => {
      if (this.child !== child) return;
      this.child = undefined;
      this.done?.({ code: code ?? signal, stdout: '', stderr: `the program ended: ${code ?? signal}` });
    });
  }
  // The answer has the exit code and all that was printed.
  type(folder, words) {
    if (!this.child) this.start();
    return new Promise((resolve) => {
      const late = setTimeout(() => this.child?.kill('SIGKILL'), LIMIT);
      this.done = (answer) => {
        clearTimeout(late);
        this.done = undefined;
        resolve(answer);
      };
      this.child.stdin.write(`${JSON.stringify({ folder, words })}\n`);
    });
  }
  end() {
    const { child } = this;
    this.child = undefined;
    child?.stdin.end();
  }
}

module.exports = { Program };
