// A connection that breaks at its n-th command.
#pragma once

#include <csignal>
#include <memory>
#include <utility>

#include "connect/connection.h"

namespace tidemark::tests {

enum class Breaks : std::uint8_t {
  before,  // the command was never sent
  after,   // the server has run it, the answer is lost
  killed,  // the process dies instead of sending it
};

class FaultyConnection final : public Connection {
 public:
  FaultyConnection(std::unique_ptr<Connection> inner, std::size_t at, Breaks how)
      : inner_(std::move(inner)), left_(at), how_(how) {}

  Engine engine() const override { return engine_; }

  Rows query(std::string_view sql, std::span<const Value> parameters) override {
    bool last = arrive();
    Rows rows = alive().query(sql, parameters);
    if (last) lose();
    return rows;
  }

  /// One command at a time, so that it can break between any two.
  void run(std::span<const Command> commands, const Progress& done) override {
    for (std::size_t i = 0; i < commands.size(); ++i) {
      try {
        bool last = arrive();
        alive().run({&commands[i], 1}, {});
        if (last) lose();
      } catch (DatabaseError& error) {
        error.index = i;
        throw;
      }
      if (done) done(i);
    }
  }

  bool broke() const { return inner_ == nullptr; }

 private:
  /// Counts one command. Returns whether it breaks after it.
  bool arrive() {
    if (left_ == 0 || --left_ > 0) return false;
    if (how_ == Breaks::killed) std::raise(SIGKILL);
    if (how_ == Breaks::before) lose();
    return true;
  }
  Connection& alive() {
    if (!inner_) lose();
    return *inner_;
  }
  [[noreturn]] void lose() {
    inner_.reset();
    DatabaseError error("connection lost on purpose", "08006");
    error.connection_lost = true;
    throw error;
  }

  std::unique_ptr<Connection> inner_;
  Engine engine_ = inner_->engine();
  std::size_t left_;
  Breaks how_;
};

}  // namespace tidemark::tests
