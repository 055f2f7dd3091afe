#include "cli/terminal.h"

#include <fmt/format.h>
#include <poll.h>
#include <termios.h>
#include <unistd.h>

#include <cstdio>

#include "tidemark/error.h"

namespace tidemark {
namespace {

enum class Key { up, down, enter, escape, interrupt, other };

/// Keys arrive one by one and unechoed while this lives.
class RawTerminal {
 public:
  RawTerminal() {
    ::tcgetattr(STDIN_FILENO, &before_);
    termios raw = before_;
    raw.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO | ISIG);
    raw.c_cc[VMIN] = 1;
    raw.c_cc[VTIME] = 0;
    ::tcsetattr(STDIN_FILENO, TCSADRAIN, &raw);
    put("\x1b[?25l");
  }
  ~RawTerminal() {
    put("\x1b[?25h");
    ::tcsetattr(STDIN_FILENO, TCSADRAIN, &before_);
  }
  RawTerminal(const RawTerminal&) = delete;
  RawTerminal& operator=(const RawTerminal&) = delete;

  static void put(std::string_view text) {
    std::fwrite(text.data(), 1, text.size(), stdout);
    std::fflush(stdout);
  }

  Key key() {
    switch (int byte = read_byte()) {
      case '\r':
      case '\n':
        return Key::enter;
      case 3:  // Ctrl-C
      case -1:
        return Key::interrupt;
      case 'k':
        return Key::up;
      case 'j':
        return Key::down;
      case 27:
        return after_escape();
      default:
        (void)byte;
        return Key::other;
    }
  }

 private:
  /// Esc itself, or the first byte of an arrow's sequence, which follows at once.
  static Key after_escape() {
    pollfd input{.fd = STDIN_FILENO, .events = POLLIN, .revents = 0};
    if (::poll(&input, 1, 50) <= 0) return Key::escape;
    int second = read_byte();
    if (second != '[' && second != 'O') return Key::other;
    int third = read_byte();
    return third == 'A' ? Key::up : third == 'B' ? Key::down : Key::other;
  }

  static int read_byte() {
    unsigned char byte = 0;
    return ::read(STDIN_FILENO, &byte, 1) == 1 ? byte : -1;
  }

  termios before_{};
};

std::string drawn(const Question& question, std::size_t chosen) {
  std::string text;
  for (std::size_t i = 0; i < question.answers.size(); ++i)
    text += fmt::format("\x1b[2K{}{}\n", i == chosen ? "❯ " : "  ", question.answers[i]);
  return text;
}

}  // namespace

std::size_t ask(const Question& question) {
  RawTerminal terminal;
  std::size_t count = question.answers.size();
  std::size_t chosen = 0;
  RawTerminal::put(fmt::format("\n{}\n", question.text));
  RawTerminal::put(drawn(question, chosen));
  for (;;) {
    switch (terminal.key()) {
      case Key::up:
        chosen = (chosen + count - 1) % count;
        break;
      case Key::down:
        chosen = (chosen + 1) % count;
        break;
      case Key::enter:
        return chosen;
      case Key::escape:
        throw Error(Fault::failed, "stopped at the question; nothing was written");
      case Key::interrupt:
        throw Error(Fault::interrupted, "interrupted; nothing was written");
      case Key::other:
        continue;
    }
    RawTerminal::put(fmt::format("\x1b[{}A{}", count, drawn(question, chosen)));
  }
}

}  // namespace tidemark
