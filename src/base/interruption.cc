#include "base/interruption.h"

#include <csignal>

namespace tidemark {
namespace {

volatile std::sig_atomic_t raised = 0;
int held_off = 0;

void raise_flag(int) { raised = 1; }

}  // namespace

void catch_interruption() {
  struct sigaction action {};
  action.sa_handler = raise_flag;
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

bool interrupted() { return raised != 0 && held_off == 0; }

Uninterrupted::Uninterrupted() { ++held_off; }
Uninterrupted::~Uninterrupted() { --held_off; }

}  // namespace tidemark
